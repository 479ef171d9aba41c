// #spam: the ticket is closed, and nothing on it is acknowledged any more. Nobody else is muted.

import type { DeskCommand } from './command.ts';
import { moveBy } from './move-by.ts';

export const spam: DeskCommand = {
  name: 'spam',
  words: ['spam', 'спам'],
  argument: { ru: '', en: '' },
  help: {
    ru: 'закрыть как спам: писем в это обращение больше не подтверждаем',
    en: 'close as spam: letters to this ticket are acknowledged no more',
  },
  carryOut: (_argument, { ticket, by }) => ({
    done: true,
    says: {
      ru: 'обращение закрыто как спам; его вернёт #открыть',
      en: 'the ticket is closed as spam; #reopen takes that back',
    },
    changes: moveBy('spam', ticket, by.identity, '#spam'),
    // whoever sends spam gets no letter of ours
    effect: { kind: 'internal', entry: 'note', line: '' },
  }),
};
