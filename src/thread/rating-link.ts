// Links by which a customer rates the work on a ticket: the token in them names the ticket, and only this desk can have
// written it.

import { base32, fromBase32, isSigned, type SigningKeys, sign } from './signing.ts';

const ID_BYTES = 5;
/** 15 bytes in base32. */
export const RATING_CHARS = 24;
const TOKEN = /^[a-z2-7]{24}$/;

/** The token for a ticket; lower-case letters and digits. */
export function ratingToken(keys: SigningKeys, ticket: number): string {
  const content = Buffer.alloc(ID_BYTES);
  content.writeUIntBE(ticket, 0, ID_BYTES);
  return base32(Buffer.concat([content, sign(keys, 'rating', content)]));
}

/** The ticket that a token names; null where no key of ours made it. */
export function ratedTicket(keys: SigningKeys, token: string): number | null {
  const bytes = TOKEN.test(token) ? fromBase32(token) : null;
  if (bytes === null) return null;
  const content = bytes.subarray(0, ID_BYTES);
  return isSigned(keys, 'rating', content, bytes.subarray(ID_BYTES)) ? content.readUIntBE(0, ID_BYTES) : null;
}

/** The link to the page, below the address that customers reach the pages by. */
export const ratingLink = (url: string, token: string): string => `${url.replace(/\/+$/, '')}/rate/${token}`;
