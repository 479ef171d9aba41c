// Message-IDs that kvitok makes: <kvitok.kind.ticket.random.digest@host> (RFC 5322 §3.6.4). The digest is the proof that a
// letter which refers to it answers a letter of ours.

import { sequenceOf } from './damm.ts';
import { base32, fromBase32, isSigned, type SigningKeys, sign } from './signing.ts';

const OWN = /^(kvitok\.([a-z]{1,20})\.([0-9]{2,15})\.[a-z0-9]{8,40})\.([a-z2-7]{16})$/i;

/** Stands for the ticket in the id of a letter that is about none. */
export const NO_TICKET = '00';

/** A new Message-ID, without brackets. `random` is lower-case letters and digits, at least 8. */
export function makeOwnId(keys: SigningKeys, host: string, kind: string, ticket: string, random: string): string {
  const stem = `kvitok.${kind}.${ticket}.${random}`;
  return `${stem}.${base32(sign(keys, 'message-id', Buffer.from(stem)))}@${host}`;
}

/** What a Message-ID of ours proves. */
export interface OwnId {
  /** Which kind of letter, as it was given to `makeOwnId`. */
  readonly kind: string;
  /** Null for a letter that was about none. */
  readonly ticket: number | null;
}

/** Reads a Message-ID of ours; null where it is not ours, or not signed by a key we believe. */
export function readOwnId(keys: SigningKeys, host: string, messageId: string): OwnId | null {
  const at = messageId.lastIndexOf('@');
  if (messageId.slice(at + 1).toLowerCase() !== host) return null;
  const match = OWN.exec(messageId.slice(0, at).toLowerCase());
  const mac = match && fromBase32(match[4]!);
  if (!match || !mac || !isSigned(keys, 'message-id', Buffer.from(match[1]!), mac)) return null;
  return { kind: match[2]!, ticket: sequenceOf(match[3]!) };
}
