// Bytes encoded in shapes that mail is met in: lines of one length but for some, of any length, every line end, pieces
// padded apart, stray bytes, blanks, cut ends. In: random numbers; out: encoded bytes, right more often than broken.

import type { Random } from '../../../scripts/fuzz-mutate.ts';

export type Shape = (next: Random) => Buffer;

const ENDINGS = ['\r\n', '\n', '\r'];
/** Bytes that a decoder may take for something: digits of other alphabets, padding, blanks, line ends, controls, letters. */
const STRAY = [...'-_=!?., \t\v\f\r\n\0`~Az9', '\x80', '\xa0', '\xff', '==', '\r\r\n', '\n\n', '= \n'];

/** Sizes around those at which decoders cut their work into chunks, and small ones. */
function data(next: Random): Buffer {
  const size = next(12) > 0 ? next(400) : (1 + next(3)) * 24_576 + next(300) - 150;
  const bytes = Buffer.alloc(size);
  const spread = next(3) === 0 ? 2 : 256;
  for (let i = 0; i < size; i++) bytes[i] = next(spread);
  return bytes;
}

/** A line end for each line: one for all, or another each time. */
function endings(next: Random): () => string {
  const one = ENDINGS[next(ENDINGS.length)] ?? '\n';
  return next(4) > 0 ? () => one : () => ENDINGS[next(ENDINGS.length)] ?? '\n';
}

/** A length for each line: one for all, one for all but few, or another each time. */
function lengths(next: Random, unit: number): () => number {
  const usual = next(3) === 0 ? 76 : unit * (1 + next(25));
  const kind = next(4);
  if (kind === 0) return () => 1 + next(100);
  if (kind === 1) return () => 32 * 1024 * (1 + next(2)) - next(3);
  return kind === 2 ? () => usual : () => (next(40) === 0 ? Math.max(1, usual + next(9) - 4) : usual);
}

function damaged(text: string, next: Random): Buffer {
  let out = text;
  for (let n = next(3) === 0 ? 1 + next(3) : 0; n > 0; n--) {
    const at = next(out.length + 1);
    const stray = STRAY[next(STRAY.length)] ?? '';
    out = next(4) === 0 ? out.slice(0, at) : out.slice(0, at) + stray + out.slice(at + next(2));
  }
  return Buffer.from(out, 'latin1');
}

function cut(text: string, next: Random): string {
  const length = lengths(next, 4);
  const ending = endings(next);
  let out = '';
  for (let at = 0; at < text.length; ) {
    const end = at + length();
    out += text.slice(at, end) + (end < text.length || next(2) ? ending() : '');
    at = end;
  }
  return out;
}

export const base64Shape: Shape = (next) => {
  const pieces = Array.from({ length: next(4) === 0 ? 1 + next(4) : 1 }, () => data(next).toString('base64'));
  const text = next(6) === 0 ? pieces.map((piece) => cut(piece, next)).join('\r\n') : cut(pieces.join(''), next);
  return damaged(text, next);
};

export const quotedPrintableShape: Shape = (next) => {
  const length = lengths(next, 1);
  const ending = endings(next);
  const lower = next(4) === 0;
  let out = '';
  let room = length();
  for (const byte of data(next)) {
    const digits = byte.toString(16).padStart(2, '0');
    const literal = byte !== 61 && ((byte > 32 && byte < 127) || (byte > 127 && next(20) === 0));
    out += literal ? String.fromCharCode(byte) : `=${lower ? digits : digits.toUpperCase()}`;
    if (--room > 0) continue;
    out += `${next(30) === 0 ? ' ' : next(3) > 0 ? '=' : '=\t'}${ending()}`;
    room = length();
  }
  return damaged(out, next);
};

export const uuencodeShape: Shape = (next) => {
  const ending = endings(next);
  const zero = next(2) ? '`' : ' ';
  const char = (value: number): string => (value === 0 ? zero : String.fromCharCode(32 + value));
  const fixed = next(3) > 0 ? 45 : 0;
  const bytes = data(next);
  const trims = next(4) === 0;
  const isShort = next(4) === 0;
  let out = `begin ${next(2) ? '644' : '0666'} кот.png`.replace(/[^\0-\x7f]/g, '\xea') + ending();
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.subarray(at, at + (fixed || 1 + next(63)));
    let text = char(line.length);
    for (let i = 0; i < line.length; i += 3) {
      const bits = ((line[i] ?? 0) << 16) | ((line[i + 1] ?? 0) << 8) | (line[i + 2] ?? 0);
      text += char(bits >> 18) + char((bits >> 12) & 63) + char((bits >> 6) & 63) + char(bits & 63);
    }
    if (isShort) text = text.slice(0, 1 + Math.ceil((line.length * 4) / 3));
    out += (trims ? text.trimEnd() : text) + (next(50) === 0 ? ' ' : '') + ending();
    at += line.length;
  }
  return damaged(`${out}${zero}${ending()}end${ending()}`, next);
};
