// base64 (RFC 2045 §6.8): encoded bytes in, bytes and a word on what was broken out. Lines of one length go through the
// platform's decoder once their shape is proven, all others through one that looks at each byte; neither guesses.

import { BLANK, kindOf, LINE_END } from './base64-digits.ts';
import { inAnyLines } from './base64-lines.ts';
import type { Transferred } from './transferred.ts';

const LF = 10;
const CR = 13;

/** Bytes of base64 that become a string at a time: strings over 128 KB cost the system a page fault every 4 KB. */
const CHUNK = 32 * 1024;

/** Offset behind the last byte that is no blank and no line end, and of the first. */
function bounds(encoded: Buffer): { readonly from: number; readonly to: number } {
  let from = 0;
  let to = encoded.length;
  while (from < to && (kindOf(encoded[from]) === LINE_END || kindOf(encoded[from]) === BLANK)) from++;
  while (to > from && (kindOf(encoded[to - 1]) === LINE_END || kindOf(encoded[to - 1]) === BLANK)) to--;
  return { from, to };
}

/** Whether every line of the data ends where the first one does, and in the same way. */
function endsAlike(data: Buffer, digits: number, lineBytes: number): boolean {
  for (let end = digits; end < data.length; end += lineBytes) {
    if (data[end + lineBytes - digits - 1] !== LF) return false;
    if (lineBytes - digits === 2 && data[end] !== CR) return false;
  }
  return true;
}

/**
 * Base64 in lines of one length, as nearly all mailers write it; null where a line or a byte is out of the ordinary. The
 * platform's decoder passes over what is no digit: as all lines end where they should, so many bytes come out only
 * where everything between is a digit. It takes `-` and `_` for digits too, which mail does not.
 */
function inEvenLines(data: Buffer): Buffer | null {
  const lineBytes = data.indexOf(LF) + 1;
  const digits = lineBytes - (data[lineBytes - 2] === CR ? 2 : 1);
  if (digits < 4 || lineBytes > CHUNK || digits % 4 !== 0) return null;
  if (data.includes('-') || data.includes('_') || !endsAlike(data, digits, lineBytes)) return null;
  const step = lineBytes * Math.floor(CHUNK / lineBytes);
  const bytes = Buffer.allocUnsafe(Math.ceil((data.length * 3) / 4));
  let length = 0;
  for (let at = 0; at < data.length; at += step) {
    const chunk = data.toString('latin1', at, at + step);
    const isLast = at + step >= data.length;
    const padding = !isLast ? 0 : chunk.endsWith('==') ? 2 : chunk.endsWith('=') ? 1 : 0;
    const breaks = Math.floor(chunk.length / lineBytes) * (lineBytes - digits);
    const expected = chunk.length - breaks - padding;
    const written = bytes.write(chunk, length, 'base64');
    // One digit over is six bits that the platform drops without a word.
    if (expected % 4 === 1 || written !== Math.floor((expected * 3) / 4)) return null;
    length += written;
  }
  return bytes.subarray(0, length);
}

/** Undoes base64. The bytes never take more room than the encoded ones. */
export function base64(encoded: Buffer): Transferred {
  const { from, to } = bounds(encoded);
  const data = encoded.subarray(from, to);
  const bytes = inEvenLines(data);
  return bytes === null ? inAnyLines(data) : { bytes, broken: null };
}
