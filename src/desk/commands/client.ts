// #client: whose the ticket is by the register of clients, and with that its level: a partner who writes from an address that
// the register does not know, for example.

import { categoryToday } from '../clients/client.ts';
import { addressesIn, hasWordsBehind } from './addresses.ts';
import { type DeskCommand, fails } from './command.ts';

export const client: DeskCommand = {
  name: 'client',
  words: ['client', 'customer', 'клиент', 'заказчик'],
  argument: { ru: '<адрес, домен или номер договора>', en: '<address, domain or key>' },
  help: {
    ru: 'чьё это обращение по списку клиентов; адрес написавшего запоминается за этим клиентом',
    en: 'whose ticket it is by the register of clients; the writer’s address is remembered as theirs',
  },
  needs: (argument) => ({ clients: argument === '' ? [] : [named(argument)] }),
  carryOut: (argument, { ticket, by, known, today }) => {
    if (hasWordsBehind(argument))
      return fails(
        'за адресом ничего не пишут; для коллег слова пишут строкой #заметка, для клиента — ниже, без знака #',
        'nothing is written behind the address; words for colleagues go on a line with #note, words for the customer below, without a #',
      );
    const found = known.clients.get(named(argument));
    if (!found)
      return fails(
        argument === ''
          ? 'нужен адрес, домен или номер договора клиента'
          : `в списке клиентов нет «${argument}»; добавить может администратор`,
        argument === ''
          ? 'it takes an address, a domain or the key of a client'
          : `the register of clients does not know ${argument}; an admin can add it`,
      );
    const follows = ticket.level === 'free' || ticket.level === 'partner';
    const category = categoryToday(found, today);
    const leveled = follows && ticket.level !== category;
    return {
      done: true,
      says: {
        ru: `клиент обращения — ${found.name}${leveled ? ', уровень изменён вслед за ним' : ''}`,
        en: `the ticket is of ${found.name}${leveled ? ', and the level follows' : ''}`,
      },
      changes: [
        { kind: 'set-client', ticket: ticket.id, client: found.key, by: by.identity },
        ...(leveled
          ? [
              {
                kind: 'set-level',
                ticket: ticket.id,
                was: ticket.level,
                became: category,
                by: by.identity,
                because: `client ${found.name}, ${category}`,
              } as const,
            ]
          : []),
      ],
    };
  },
};

/** What names a client: an address without what a mail client puts around it, else the words as they are. */
const named = (argument: string) => addressesIn(argument)[0]?.identity ?? argument.trim();
