// Signed reply addresses, support+<token>@desk (RFC 5233): the token names the ticket, the person it was written to and what
// it answers; which kind of reader that person is lies in the purpose it was signed for. 39 characters of base32;
// case-folding on the way does it no harm.

import { createHash } from 'node:crypto';
import { base32, fromBase32, isSigned, type Purpose, type SigningKeys, sign } from './signing.ts';

/**
 * Whom a letter of ours was written to: a customer; an operator; an operator who was asked about a letter that is held. A
 * token for the one never passes for another.
 */
export type Reader = 'customer' | 'operator' | 'asked';

/** What a token proves. */
export interface ReplyToken {
  readonly reader: Reader;
  /** 0 where it is about none. */
  readonly ticket: number;
  /** The entry it answers; for `asked` the letter that is held. */
  readonly about: number;
  /** First 32 bits of the digest of the person's normalised address. */
  readonly person: number;
}

const PURPOSES: readonly (readonly [Reader, Purpose])[] = [
  ['customer', 'reply-address'],
  ['operator', 'operator-address'],
  ['asked', 'question-address'],
];

const ID_BYTES = 5;
const CONTENT_BYTES = 2 * ID_BYTES + 4;
const MAX_ID = 2 ** (8 * ID_BYTES) - 1;

/** Names a person in a token without spelling his address out. */
export function personMark(identity: string): number {
  return createHash('sha256').update(identity).digest().readUInt32BE(0);
}

/** The local part and domain of a reply address for `address`. Ids beyond 2^40 are refused with RangeError. */
export function makeReplyAddress(keys: SigningKeys, address: string, token: ReplyToken): string {
  if (token.ticket > MAX_ID || token.about > MAX_ID) throw new RangeError('id too large for a reply token');
  const content = Buffer.alloc(CONTENT_BYTES);
  content.writeUIntBE(token.ticket, 0, ID_BYTES);
  content.writeUIntBE(token.about, ID_BYTES, ID_BYTES);
  content.writeUInt32BE(token.person, 2 * ID_BYTES);
  const purpose = PURPOSES.find(([reader]) => reader === token.reader)![1];
  const text = base32(Buffer.concat([content, sign(keys, purpose, content)]));
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${text}${address.slice(at)}`;
}

/** The token in an address a letter was sent to; null where there is none that one of our keys made. */
export function readReplyAddress(keys: SigningKeys, address: string, recipient: string): ReplyToken | null {
  const at = address.lastIndexOf('@');
  const [local, domain] = [`${address.slice(0, at)}+`.toLowerCase(), address.slice(at).toLowerCase()];
  const asked = recipient.toLowerCase();
  if (!asked.startsWith(local) || !asked.endsWith(domain)) return null;
  return readReplyToken(keys, asked.slice(local.length, asked.length - domain.length).slice(0, 64));
}

/** Characters of a token. */
export const TOKEN_CHARS = 39;

/** The same of the token alone, in any case. */
export function readReplyToken(keys: SigningKeys, text: string): ReplyToken | null {
  const bytes = fromBase32(text);
  if (!bytes || bytes.byteLength <= CONTENT_BYTES) return null;
  const content = bytes.subarray(0, CONTENT_BYTES);
  const mac = bytes.subarray(CONTENT_BYTES);
  const found = PURPOSES.find(([, purpose]) => isSigned(keys, purpose, content, mac));
  if (!found) return null;
  return {
    reader: found[0],
    ticket: content.readUIntBE(0, ID_BYTES),
    about: content.readUIntBE(ID_BYTES, ID_BYTES),
    person: content.readUInt32BE(2 * ID_BYTES),
  };
}
