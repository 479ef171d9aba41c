// #reopen: the ticket waits for the desk again, whatever put it to rest.

import type { DeskCommand } from './command.ts';
import { moveBy } from './move-by.ts';

export const reopen: DeskCommand = {
  name: 'reopen',
  words: ['reopen', 'open', 'открыть', 'открой', 'переоткрыть'],
  argument: { ru: '', en: '' },
  help: { ru: 'обращение снова ждёт нас', en: 'the ticket waits for us again' },
  carryOut: (_argument, { ticket, by }) => {
    const changes = moveBy('reopen', ticket, by.identity, '#reopen');
    return {
      done: true,
      says: changes.length
        ? { ru: 'обращение снова открыто', en: 'the ticket is open again' }
        : { ru: 'обращение и так открыто', en: 'the ticket is open already' },
      changes,
    };
  },
};
