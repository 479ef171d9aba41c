// Signed reply addresses, support+<token>@desk (RFC 5233): the token names the ticket, the person it was written to and the
// entry it answers. 39 characters of base32; case-folding on the way does it no harm.

import { createHash } from 'node:crypto';
import { base32, fromBase32, isSigned, type SigningKeys, sign } from './signing.ts';

/** What a token proves. */
export interface ReplyToken {
  readonly ticket: number;
  readonly entry: number;
  /** First 32 bits of the digest of the person's normalised address. */
  readonly person: number;
}

const ID_BYTES = 5;
const CONTENT_BYTES = 2 * ID_BYTES + 4;
const MAX_ID = 2 ** (8 * ID_BYTES) - 1;

/** Names a person in a token without spelling his address out. */
export function personMark(identity: string): number {
  return createHash('sha256').update(identity).digest().readUInt32BE(0);
}

/** The local part and domain of a reply address for `address`. Ids beyond 2^40 are refused with RangeError. */
export function makeReplyAddress(keys: SigningKeys, address: string, token: ReplyToken): string {
  if (token.ticket > MAX_ID || token.entry > MAX_ID) throw new RangeError('id too large for a reply token');
  const content = Buffer.alloc(CONTENT_BYTES);
  content.writeUIntBE(token.ticket, 0, ID_BYTES);
  content.writeUIntBE(token.entry, ID_BYTES, ID_BYTES);
  content.writeUInt32BE(token.person, 2 * ID_BYTES);
  const text = base32(Buffer.concat([content, sign(keys, 'reply-address', content)]));
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${text}${address.slice(at)}`;
}

/** The token in an address a letter was sent to; null where there is none that one of our keys made. */
export function readReplyAddress(keys: SigningKeys, address: string, recipient: string): ReplyToken | null {
  const at = address.lastIndexOf('@');
  const [local, domain] = [`${address.slice(0, at)}+`.toLowerCase(), address.slice(at).toLowerCase()];
  const asked = recipient.toLowerCase();
  if (!asked.startsWith(local) || !asked.endsWith(domain)) return null;
  const bytes = fromBase32(asked.slice(local.length, asked.length - domain.length).slice(0, 64));
  if (!bytes || bytes.byteLength <= CONTENT_BYTES) return null;
  const content = bytes.subarray(0, CONTENT_BYTES);
  if (!isSigned(keys, 'reply-address', content, bytes.subarray(CONTENT_BYTES))) return null;
  return {
    ticket: content.readUIntBE(0, ID_BYTES),
    entry: content.readUIntBE(ID_BYTES, ID_BYTES),
    person: content.readUInt32BE(2 * ID_BYTES),
  };
}
