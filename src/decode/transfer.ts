// Content-Transfer-Encoding undone (RFC 2045 §6; x-uuencode by custom): encoded bytes in, bytes out, and a word on what
// was broken. What needs no work is a slice of the letter, not a copy; no decoder makes more than twice what it is given.

import { base64 } from './transfer/base64.ts';
import { quotedPrintable } from './transfer/quoted-printable.ts';
import type { Transferred } from './transfer/transferred.ts';
import { uuencoded } from './transfer/uuencode.ts';

export type { Transferred } from './transfer/transferred.ts';

/** By the encoding's name as media-type.ts spells it; what is not listed leaves the bytes as they are. */
const DECODERS: ReadonlyMap<string, (encoded: Buffer) => Transferred> = new Map([
  ['base64', base64],
  ['quoted-printable', quotedPrintable],
  ['x-uuencode', uuencoded],
]);
const IDENTITY = new Set(['', '7bit', '8bit', 'binary']);

/**
 * The bytes of a part. Where decoding yields nothing and something was there, the encoded bytes are given instead:
 * a letter that mislabels its text must still be readable.
 */
export function transferred(encoded: Buffer, encoding: string): Transferred {
  const decoder = DECODERS.get(encoding);
  if (decoder === undefined) {
    return {
      bytes: encoded,
      broken: IDENTITY.has(encoding) ? null : `unknown transfer encoding ${encoding.slice(0, 40)}`,
    };
  }
  const result = decoder(encoded);
  if (result.bytes.length > 0 || /^\s*$/.test(encoded.toString('latin1', 0, 4096))) return result;
  return { bytes: encoded, broken: `labelled ${encoding}, but it is not` };
}
