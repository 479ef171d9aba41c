// How letters of the desk are marked: a signed Message-ID each, and a signed address to answer to where the mailbox takes one.

import type { Marking } from '../store/apply/place.ts';
import { ticketNumber } from '../thread/damm.ts';
import type { Marks } from '../thread/keys.ts';
import { makeOwnId, NO_TICKET } from '../thread/own-id.ts';
import { makeReplyAddress, personMark } from '../thread/reply-address.ts';

/** Marks by these keys. `random` gives lower-case letters and digits, new ones each time. */
export function markingOf(marks: Marks, subaddresses: boolean, random: () => string): Marking {
  return {
    messageIdFor: (kind, ticket) =>
      makeOwnId(marks.keys, marks.messageIdHost, kind, ticket === null ? NO_TICKET : ticketNumber(ticket), random()),
    replyAddressFor: (token, identity) =>
      subaddresses ? makeReplyAddress(marks.keys, marks.address, { ...token, person: personMark(identity) }) : null,
  };
}
