// #merge: the ticket goes on in another one, with its people and its clocks.

import { moved } from '../tickets.ts';
import { type DeskCommand, fails } from './command.ts';
import { moveBy } from './move-by.ts';
import { numberIn } from './number.ts';

export const merge: DeskCommand = {
  name: 'merge',
  words: ['merge', 'объединить', 'объедини', 'слить'],
  argument: { ru: '<номер обращения>', en: '<ticket number>' },
  help: {
    ru: 'это обращение продолжается в том; его участники переходят туда же',
    en: 'this ticket goes on in that one, and its people with it',
  },
  needs: (argument) => ({ tickets: numberIn(argument) ?? [] }),
  carryOut: (argument, { ticket, by, known }) => {
    const [number] = numberIn(argument) ?? [];
    if (number === undefined)
      return fails('нужен номер обращения: #объединить 10429', 'it takes a ticket number: #merge 10429');
    const into = known.tickets.get(number);
    if (!into)
      return fails(`обращения ${number} нет; проверьте цифры`, `there is no ticket ${number}; are its digits right?`);
    if (into.id === ticket.id) return fails('это и есть это обращение', 'that is this ticket');
    if (into.state === 'spam' || moved(ticket.state, 'merge') !== 'merged')
      return fails(
        'одно из обращений помечено как спам; сначала #открыть',
        'one of the two is marked as spam; #reopen it first',
      );
    const waits = ticket.state === 'new' || ticket.state === 'open';
    return {
      done: true,
      says: { ru: `обращение продолжается в [#${into.number}]`, en: `the ticket goes on in [#${into.number}]` },
      changes: [
        { kind: 'merge', ticket: ticket.id, from: ticket.state, into, by: by.identity },
        ...(waits ? moveBy('customer-wrote', into, by.identity, `#merge of ${ticket.number}`) : []),
      ],
    };
  },
};
