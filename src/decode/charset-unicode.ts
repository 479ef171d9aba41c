// The Unicode encodings (RFC 3629, RFC 2781, Unicode 15 §3.10, RFC 2152) known by their bytes. In: bytes and the canonical
// declared charset; out: the charset the bytes are in, or null. Mail never holds NUL or 0x04 in 8-bit text, so that
// these bytes in every second place give UTF-16 of Latin and Cyrillic letters away, with or without a byte order mark.

import { isUtf8 } from 'node:buffer';

const SAMPLE = 512;

/** `utf-16le`, `utf-16be`, `utf-32le`, `utf-32be` where bytes are that, else null. */
export function wideCharset(bytes: Buffer, declared: string | null): string | null {
  if (bytes.length < 2) return null;
  const mark = markOf(bytes);
  const shape = shapeOf(bytes.subarray(0, SAMPLE));
  if (shape !== null) return shape;
  if (declared === null || !/^utf-(16|32)/.test(declared)) return mark !== null && bytes.includes(0) ? mark : null;
  if (mark !== null) return mark;
  // A label alone would let anybody hide an ASCII letter behind Chinese.
  if (bytes.length % 2 !== 0 || isUtf8(bytes)) return null;
  return /[lb]e$/.test(declared) ? declared : `${declared}be`;
}

function markOf(bytes: Buffer): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? 'utf-32be' : null;
}

function shapeOf(sample: Buffer): string | null {
  if (sample.length < 4 || !(sample.includes(0) || sample.includes(4))) return null;
  const high = [0, 0, 0, 0];
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i];
    if (byte === 0 || byte === 4) high[i % 4] = (high[i % 4] ?? 0) + 1;
  }
  const share = high.map((count, place) => count / Math.max(1, Math.floor((sample.length + 3 - place) / 4)));
  const [a = 0, b = 0, c = 0, d = 0] = share;
  if (a < 0.2 && b > 0.8 && c > 0.8 && d > 0.8) return 'utf-32le';
  if (a > 0.8 && b > 0.8 && d < 0.2) return 'utf-32be';
  if (a < 0.2 && c < 0.2 && b > 0.8 && d > 0.8) return 'utf-16le';
  return a > 0.8 && c > 0.8 && b < 0.2 && d < 0.2 ? 'utf-16be' : null;
}

/** How bytes read as UTF-8: characters beyond ASCII that are sound, bytes that are none, whether only the end is cut. */
export interface Utf8Reading {
  readonly sound: number;
  readonly broken: number;
  readonly cut: boolean;
}

/** So many broken bytes, and hardly a sound character between them, are no UTF-8 at all: the rest is not looked at. */
const HOPELESS = 500;

/** Reads bytes that are not valid UTF-8 as if they were. */
export function readUtf8(bytes: Buffer): Utf8Reading {
  let sound = 0;
  let broken = 0;
  let cut = false;
  for (let at = nextForeign(bytes, 0); at < bytes.length; at = nextForeign(bytes, at)) {
    if (broken > HOPELESS && sound * 50 < broken) break;
    const lead = bytes[at] ?? 0;
    const length = lead < 0xc2 || lead > 0xf4 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const found = continued(bytes, at, length);
    cut = broken === 0 && length > 1 && found < length && at + found === bytes.length;
    if (length > 1 && found === length) sound++;
    else broken++;
    at += found;
  }
  return { sound, broken, cut };
}

/** Offset of the first byte beyond ASCII at or after `from`, or the length. */
export function nextForeign(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at++;
  return at;
}

/** How many of the `length` bytes of a character are there: its first and those of the form 10xxxxxx behind it. */
function continued(bytes: Buffer, at: number, length: number): number {
  let found = 1;
  while (found < length && ((bytes[at + found] ?? 0) & 0xc0) === 0x80) found++;
  return found;
}
