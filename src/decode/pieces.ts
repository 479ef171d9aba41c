// Text of which parts are still bytes: header values, names and bodies wait in this form until all bytes of a letter
// are known, because its charsets are decided together.

import { isAscii } from 'node:buffer';
import type { Decoded, Piece } from './charset.ts';

/** Runs of settled text and of bytes that wait for their charset. */
export type Undecoded = readonly (string | Piece)[];

/** Sets that hide other letters behind 7-bit bytes: by their label, or by the controls that no text has (UTF-16, JIS). */
const SEVEN_BIT_SETS = /2022|hz|utf-?7|utf-?16|utf-?32|ucs/i;
const WIDE = /[\x00-\x08\x0e\x1b]/;

/** Bytes and what was declared for them; plain ASCII is settled at once. */
export function undecoded(bytes: Buffer, declared: string | null): Undecoded {
  if (bytes.length === 0) return [];
  if (!isAscii(bytes) || (declared !== null && SEVEN_BIT_SETS.test(declared))) return [{ bytes, declared }];
  const text = bytes.toString('latin1');
  return WIDE.test(text) ? [{ bytes, declared }] : [text];
}

export function piecesOf(texts: Iterable<Undecoded>): Piece[] {
  const pieces: Piece[] = [];
  for (const text of texts) for (const run of text) if (typeof run !== 'string') pieces.push(run);
  return pieces;
}

/** What the letter's pieces turned out to be. */
export type Readings = ReadonlyMap<Piece, Decoded>;

/** The text, once the pieces are decoded. A piece that was not is an error of ours and reads as U+FFFD. */
export function settled(text: Undecoded, readings: Readings): string {
  let out = '';
  for (const run of text) out += typeof run === 'string' ? run : (readings.get(run)?.text ?? '\ufffd');
  return out;
}
