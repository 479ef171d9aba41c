// #close: the matter is settled. With a text, the text is the solution and asks for a mark (regulation §6).

import { type DeskCommand, fails } from './command.ts';
import { moveBy } from './move-by.ts';

export const close: DeskCommand = {
  name: 'close',
  words: ['close', 'closed', 'resolve', 'resolved', 'закрыть', 'закрой', 'закрыто', 'решено'],
  argument: { ru: '[текст]', en: '[text]' },
  help: {
    ru: 'обращение решено; текст уйдёт клиенту с просьбой об оценке',
    en: 'the ticket is resolved; the text goes to the customer and asks for a mark',
  },
  freeText: 'for-customer',
  carryOut: (argument, { ticket, by }) => {
    if (ticket.state === 'spam')
      return fails('обращение помечено как спам; сначала #открыть', 'the ticket is marked as spam; #reopen it first');
    const changes = moveBy('close', ticket, by.identity, '#close');
    return {
      done: true,
      says: changes.length
        ? { ru: 'обращение решено', en: 'the ticket is resolved' }
        : { ru: 'обращение и так решено', en: 'the ticket is resolved already' },
      changes,
      effect: { kind: 'solution', line: argument },
    };
  },
};
