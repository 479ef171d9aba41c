// Somebody in To or Cc who is new to the ticket: whoever shall hear of it is added by #cc, not by a slip of the address book.

import { identity } from '../../../mail/address.ts';
import { isOwnAddress } from '../../../mail/own-address.ts';
import { type Guard, unlessConfirmed } from '../guard.ts';

export const newRecipient: Guard = ({ conversation }, { letter: { message }, rules }) => {
  const known = new Set([...conversation.ticket.participants, ...rules.operators.map((operator) => operator.identity)]);
  const strange = [...message.to, ...message.cc].flatMap(({ address }) => {
    const found = identity(address);
    return found === null || known.has(found) || isOwnAddress(rules.ownAddresses, found) ? [] : [found];
  });
  return strange.length > 0 ? unlessConfirmed('new-recipient', [...new Set(strange)].slice(0, 5).join(', ')) : null;
};
