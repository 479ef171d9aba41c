// A report that a gateway put whole into message/rfc822, behind its disclaimer: the letter goes in, the letter inside comes
// out, or null where the part holds the letter that bounced, or what a person passes on.

import { decode } from '../../decode/decode.ts';
import type { Message } from '../../mail/message.ts';
import { isDaemonAuthor } from '../sender.ts';

const TYPES = new Set(['message/rfc822', 'message/global']);
const MAX_BYTES = 1024 * 1024;

const addresses = ({ from }: Message) => from.map(({ address }) => address.toLowerCase());

/** Whether a letter has the sender and subject of the one around it: a gateway keeps both, a person who passes on neither. */
function keepsHeader(outer: Message, inner: Message): boolean {
  const senders = new Set(addresses(outer));
  return inner.subject.trim() === outer.subject.trim() && addresses(inner).some((address) => senders.has(address));
}

/** The letter that a gateway wrapped. `byMachine` tells whether the outer sender is a mail system or nobody. */
export function wrappedLetter(outer: Message, byMachine: boolean): Message | null {
  const [part, ...more] = outer.parts.filter(({ contentType }) => TYPES.has(contentType));
  if (part === undefined || more.length > 0 || outer.parts.some(({ contentType }) => contentType.endsWith('status')))
    return null;
  const inner = decode(part.bytes.subarray(0, MAX_BYTES));
  const fromMachine =
    byMachine &&
    (isDaemonAuthor(inner) || inner.parts.some(({ contentType }) => contentType.endsWith('delivery-status')));
  return fromMachine || keepsHeader(outer, inner) ? inner : null;
}
