// #phone: somebody called. On a ticket the call is noted there; a letter that belongs to none opens one for who called.

import { isOwnAddress } from '../../mail/own-address.ts';
import { addressesIn, type TypedAddress, withoutAddresses } from './addresses.ts';
import { type CommandCase, type DeskCommand, fails, type Outcome } from './command.ts';

export const phone: DeskCommand = {
  name: 'phone',
  words: ['phone', 'call', 'звонок', 'звонил', 'звонила', 'телефон'],
  argument: { ru: '<адрес позвонившего>', en: '<address of the caller>' },
  help: {
    ru: 'записать звонок: текст письма — о чём говорили, клиенту он не уйдёт; в письме не по обращению — новое обращение',
    en: 'a call is noted: the text says what it was about, and stays with the desk; a letter on no ticket opens one',
  },
  freeText: 'note',
  needs: (argument) => ({ clients: addressesIn(argument).map(({ identity }) => identity) }),
  carryOut: (argument, c) => {
    const call = callIn(argument, c);
    return 'done' in call
      ? call
      : {
          done: true,
          says: { ru: 'звонок записан', en: 'the call is noted' },
          effect: { kind: 'internal', entry: 'phone', line: argument },
        };
  },
  withoutTicket: (argument, c) => {
    const call = callIn(argument, c);
    if ('done' in call) return call;
    if (!call.caller)
      return fails(
        'нужен адрес того, кто звонил: #звонок ivan@example.org',
        'it takes the address of the caller: #phone ivan@example.org',
      );
    return {
      done: true,
      says: { ru: `открыто обращение для ${call.caller.address}`, en: `a ticket is opened for ${call.caller.address}` },
      effect: { kind: 'call', ...call.caller, line: call.line },
    };
  },
};

/** Who called, where it is said, and what else stands on the line; or what is wrong with it. */
function callIn(
  argument: string,
  { ownAddresses, text }: CommandCase,
): { readonly caller: TypedAddress | undefined; readonly line: string } | Outcome {
  const [caller, ...others] = addressesIn(argument);
  const line = withoutAddresses(argument);
  if (others.length > 0) return fails('нужен один адрес', 'it takes one address');
  if (caller && isOwnAddress(ownAddresses, caller.identity))
    return fails(`${caller.address} — адрес самой службы`, `${caller.address} is an address of the desk itself`);
  if (`${line}${text}`.trim() === '')
    return fails('напишите под командой, о чём говорили', 'write under the command what the call was about');
  return { caller, line };
}
