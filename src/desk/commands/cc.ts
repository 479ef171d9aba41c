// #cc: somebody else gets the answers from now on, and may write to the ticket.

import { isOwnAddress } from '../../mail/own-address.ts';
import { addressesIn, hasWordsBehind } from './addresses.ts';
import { type DeskCommand, fails } from './command.ts';

export const cc: DeskCommand = {
  name: 'cc',
  // the last one is Cyrillic: it looks the same, and stands on the same keys
  words: ['cc', 'copy', 'копия', 'копию', 'сс'],
  argument: { ru: '<адрес>', en: '<address>' },
  help: {
    ru: 'ответы будут уходить и на этот адрес, с него можно писать в обращение',
    en: 'answers go to this address too, and it may write to the ticket',
  },
  carryOut: (argument, { ticket, by, ownAddresses, operators }) => {
    const addresses = addressesIn(argument);
    if (addresses.length === 0)
      return fails('нужен адрес: #копия ivan@example.org', 'it takes an address: #cc ivan@example.org');
    if (hasWordsBehind(argument))
      return fails(
        'за адресом ничего не пишут; для коллег слова пишут строкой #заметка, для клиента — ниже, без знака #',
        'nothing is written behind the address; words for colleagues go on a line with #note, words for the customer below, without a #',
      );
    const own = addresses.find(({ identity }) => isOwnAddress(ownAddresses, identity));
    if (own) return fails(`${own.address} — адрес самой службы`, `${own.address} is an address of the desk itself`);
    const operator = addresses.find(({ identity }) => operators.some((one) => one.identity === identity));
    if (operator)
      return fails(
        `${operator.address} — адрес оператора, клиент увидел бы его; передать обращение можно командой #назначить`,
        `${operator.address} is an operator’s address, and the customer would see it; #assign hands the ticket over`,
      );
    const added = addresses.filter(({ identity }) => !ticket.participants.includes(identity));
    const names = addresses.map(({ address }) => address).join(', ');
    return {
      done: true,
      says: { ru: `ответы получает и ${names}`, en: `answers go to ${names} too` },
      changes: added.map(({ identity }) => ({
        kind: 'join',
        ticket: ticket.id,
        address: identity,
        by: by.identity,
        because: '#cc',
      })),
    };
  },
};
