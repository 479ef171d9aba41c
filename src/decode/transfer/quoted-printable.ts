// quoted-printable (RFC 2045 §6.7): encoded bytes in, bytes and a word on what was broken out.

import type { Transferred } from './transferred.ts';

const LF = 10;
const CR = 13;
const EQUALS = 61;
const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** The byte that two character codes stand for as hexadecimal digits, -1 where they are none. */
export function hexByte(first: number, second: number): number {
  const high = HEX[first] ?? -1;
  const low = HEX[second] ?? -1;
  return high >= 0 && low >= 0 ? high * 16 + low : -1;
}

/**
 * Where the line ends whose soft break (RFC 2045 §6.7 rule 3, with the blanks that relays add) begins behind the `=`
 * at `equals`: offset of its last byte, or -1 where the `=` starts no soft break.
 */
function softBreakEnd(encoded: Buffer, equals: number): number {
  let end = equals + 1;
  while (encoded[end] === 32 || encoded[end] === 9) end++;
  if (end >= encoded.length) return end;
  if (encoded[end] === CR) {
    // Programs that write CRLF in text mode make CR CR LF of it.
    let last = end;
    while (encoded[last] === CR) last++;
    return encoded[last] === LF ? last : end;
  }
  return encoded[end] === LF ? end : -1;
}

interface Unquoted {
  /** Bytes written. */
  readonly length: number;
  /** A `=` that starts nothing stayed as it is. */
  readonly stray: boolean;
}

/**
 * A function of its own for the loop alone: with anything behind the loop the compiler threw its code away at the end of
 * every letter and began anew (quoted-printable letters took twice as long).
 */
function unquote(encoded: Buffer, out: Buffer): Unquoted {
  let length = 0;
  let stray = false;
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0;
    if (byte !== EQUALS) {
      out[length++] = byte;
      continue;
    }
    const quoted = hexByte(encoded[at + 1] ?? 0, encoded[at + 2] ?? 0);
    if (quoted >= 0) {
      out[length++] = quoted;
      at += 2;
      continue;
    }
    const end = softBreakEnd(encoded, at);
    if (end >= 0) at = end;
    else {
      out[length++] = byte;
      stray = true;
    }
  }
  return { length, stray };
}

/** Whether a line ends in blanks: a relay may have added them, which RFC 2045 assumes, or a sloppy mailer meant them. */
function hasBlanksAtLineEnds(encoded: Buffer): boolean {
  for (const lineEnd of [LF, CR]) {
    for (let end = encoded.indexOf(lineEnd); end >= 0; end = encoded.indexOf(lineEnd, end + 1)) {
      let last = end - 1;
      while (encoded[last] === 32 || encoded[last] === 9) last--;
      if (last < end - 1 && encoded[last] !== EQUALS) return true;
    }
  }
  return false;
}

/** Undoes quoted-printable. What has nothing quoted is given as it is; else the bytes take no more room than the encoded ones. */
export function quotedPrintable(encoded: Buffer): Transferred {
  const doubtful = hasBlanksAtLineEnds(encoded) ? 'quoted-printable with blanks at the end of a line' : null;
  if (!encoded.includes(EQUALS)) return { bytes: encoded, broken: null, doubtful };
  const out = Buffer.allocUnsafe(encoded.length);
  const { length, stray } = unquote(encoded, out);
  const broken = stray ? 'quoted-printable with a = that encodes nothing' : null;
  return { bytes: out.subarray(0, length), broken, doubtful };
}
