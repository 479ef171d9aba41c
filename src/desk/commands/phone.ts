// #phone: somebody called. On a ticket the call is noted there; a letter that belongs to none opens one for who called.

import { addressesIn, withoutAddresses } from './addresses.ts';
import { type DeskCommand, fails } from './command.ts';

export const phone: DeskCommand = {
  name: 'phone',
  words: ['phone', 'call', 'звонок', 'звонил', 'звонила', 'телефон'],
  argument: { ru: '<адрес позвонившего>', en: '<address of the caller>' },
  help: {
    ru: 'записать звонок: текст письма — о чём говорили, клиенту он не уйдёт; в письме не по обращению — новое обращение',
    en: 'a call is noted: the text says what it was about, and stays with the desk; a letter on no ticket opens one',
  },
  freeText: true,
  carryOut: (argument, { ticket, ownAddresses, text }) => {
    const [caller, ...others] = addressesIn(argument);
    const line = withoutAddresses(argument);
    if (others.length > 0) return fails('нужен один адрес', 'it takes one address');
    if (caller && ownAddresses.has(caller.identity))
      return fails(`${caller.address} — адрес самой службы`, `${caller.address} is an address of the desk itself`);
    if (`${line}${text}`.trim() === '')
      return fails('напишите под командой, о чём говорили', 'write under the command what the call was about');
    if (ticket !== null)
      return {
        done: true,
        says: { ru: 'звонок записан', en: 'the call is noted' },
        effect: { kind: 'internal', entry: 'phone', line: argument },
      };
    if (!caller)
      return fails(
        'нужен адрес того, кто звонил: #звонок ivan@example.org',
        'it takes the address of the caller: #phone ivan@example.org',
      );
    return {
      done: true,
      says: { ru: `открыто обращение для ${caller.address}`, en: `a ticket is opened for ${caller.address}` },
      effect: { kind: 'call', ...caller, line },
    };
  },
};
