// uuencode (POSIX uuencode; in mail as x-uuencode by custom, or in a text): files between `begin` and `end`. In: the
// bytes around such a file; out: its name, its bytes, where it stands, and a word on what was broken.

import { base64 } from './base64.ts';
import { type Line, lineAt, type Transferred } from './transferred.ts';

/** A file between its `begin` and its `end`. */
export interface UuencodedFile extends Transferred {
  /** Bytes of its name, in whatever charset its writer had. */
  readonly name: Buffer;
  /** Offset of `begin`, and behind the line of `end`. */
  readonly from: number;
  readonly to: number;
}

/** Longest first line that is looked at: a name and its folder. */
const FIRST_LINE_BYTES = 1024;
const BEGIN = /^begin(-base64)? [0-7]{3,6} (?=.)/s;

const beginAt = (bytes: Buffer, at: number) => BEGIN.exec(bytes.toString('latin1', at, at + FIRST_LINE_BYTES));

/** The file whose `begin` is the first at or behind `from`, or null. */
export function uuencodedFile(bytes: Buffer, from = 0): UuencodedFile | null {
  for (let at = bytes.indexOf('begin', from); at >= 0; at = bytes.indexOf('begin', at + 5)) {
    if (at > 0 && bytes[at - 1] !== 10 && bytes[at - 1] !== 13) continue;
    const first = beginAt(bytes, at);
    if (first === null) continue;
    const line = lineAt(bytes, at);
    const name = bytes.subarray(at + first[0].length, Math.min(line.to, at + FIRST_LINE_BYTES));
    if (name.length === 0) continue;
    return { name, from: at, ...(first[1] ? inBase64 : inUuencode)(bytes, line.next) };
  }
  return null;
}

type Body = Transferred & { readonly to: number };

const WITHOUT_END = 'uuencoded data without its end';

/** `begin-base64`: up to a line of `====`. */
function inBase64(bytes: Buffer, from: number): Body {
  for (let at = bytes.indexOf('====', from); at >= 0; at = bytes.indexOf('====', at + 4)) {
    if (bytes[at - 1] !== 10 && bytes[at - 1] !== 13) continue;
    return { ...base64(bytes.subarray(from, at)), to: Math.min(lineAt(bytes, at).next, bytes.length) };
  }
  const { bytes: data, broken } = base64(bytes.subarray(from));
  return { bytes: data, broken: broken ?? WITHOUT_END, to: bytes.length };
}

const SPACE = 32;
const GRAVE = 96;

/** The six bits of a character; blanks at the end of a line may be gone, and are zeros. -1 for what is no such character. */
const sixBits = (byte: number | undefined): number =>
  byte === undefined ? 0 : byte >= SPACE && byte <= GRAVE ? (byte - SPACE) & 63 : -1;

function isEnd(bytes: Buffer, { from, to }: Line): boolean {
  if (bytes[from] !== 0x65 || bytes[from + 1] !== 0x6e || bytes[from + 2] !== 0x64) return false;
  return bytes.toString('latin1', from + 3, Math.min(to, from + 16)).trim() === '';
}

interface DataLine extends Line {
  /** So many bytes it says that it holds; 0 ends the data, FOREIGN is no data at all. */
  readonly count: number;
  /** Characters are missing that may be blanks which a relay cut off, and may not; or too many are there. */
  readonly uneven: boolean;
}

const FOREIGN = -1;

function dataLineAt(bytes: Buffer, start: number): DataLine {
  const line = lineAt(bytes, start);
  const { from, next } = line;
  let { to } = line;
  for (let at = from; at < to; at++) if (sixBits(bytes[at]) < 0) return { ...line, count: FOREIGN, uneven: true };
  const count = from === to ? 0 : sixBits(bytes[from]);
  const most = Math.ceil(count / 3) * 4;
  while (to - from - 1 > most && bytes[to - 1] === SPACE) to--;
  const characters = to - from - 1;
  // One character more is the checksum of some encoders.
  return { from, to, next, count, uneven: count > 0 && (characters < (count * 4) / 3 || characters > most + 1) };
}

function fill(out: Buffer, length: number, bytes: Buffer, { from, to, count }: DataLine): void {
  const value = (at: number): number => (at < to ? sixBits(bytes[at]) : 0);
  for (let made = 0, at = from + 1; made < count; made += 3, at += 4) {
    const bits = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3);
    out[length + made] = bits >> 16;
    if (made + 1 < count) out[length + made + 1] = bits >> 8;
    if (made + 2 < count) out[length + made + 2] = bits;
  }
}

interface Walked {
  /** Bytes of data. */
  readonly length: number;
  readonly broken: string | null;
  readonly to: number;
}

/** Goes over the lines of a file up to its `end`, and tells of each line of data and where its bytes belong. */
function walk(bytes: Buffer, from: number, visit: (line: DataLine, length: number) => void): Walked {
  // A line may announce thirty times its own size, in zeros: as much as that no true file has.
  const most = (bytes.length - from) * 2;
  let length = 0;
  let broken: string | null = null;
  let isOver = false;
  let to = from;
  for (let line = dataLineAt(bytes, from); line.from < bytes.length; line = dataLineAt(bytes, line.next)) {
    if (isEnd(bytes, line)) return { length, broken, to: Math.min(line.next, bytes.length) };
    if (line.count === 0) isOver = true;
    if (line.count === 0) continue;
    if ((isOver && line.uneven) || length + line.count > most) break;
    if (line.uneven) broken ??= 'uuencoded lines that are foreign or damaged';
    // Where one file has no end, the next one begins: a text full of beginnings is gone over once.
    if (line.count === FOREIGN && bytes[line.from] === 0x62 && beginAt(bytes, line.from)) break;
    if (line.count === FOREIGN) continue;
    visit(line, length);
    length += line.count;
    to = Math.min(line.next, bytes.length);
  }
  return { length, broken: broken ?? WITHOUT_END, to };
}

/** Twice over the lines: how much room the data takes is known before it is taken. */
function inUuencode(bytes: Buffer, from: number): Body {
  const { length, broken, to } = walk(bytes, from, () => {});
  const out = Buffer.allocUnsafe(length);
  walk(bytes, from, (line, at) => fill(out, at, bytes, line));
  return { bytes: out, broken, to };
}

/** Undoes uuencode as a transfer encoding: the first file, whatever stands around it; without a file the bytes as they are. */
export function uuencoded(encoded: Buffer): Transferred {
  const file = uuencodedFile(encoded);
  if (file === null) return { bytes: encoded, broken: 'uuencoded data without its first line' };
  const isMore = uuencodedFile(encoded, file.to) !== null;
  return {
    bytes: file.bytes,
    broken: file.broken ?? (isMore ? 'several uuencoded files in one part, of which the first is kept' : null),
  };
}
