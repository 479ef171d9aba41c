// A header block (RFC 5322 §2.2) out of bytes: its field lines in order, undecoded, and where the body begins.
// Reads what real mailers write: bare LF, blanks before the colon (§4.5), lines that are no field, a missing blank line.

import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';

export interface RawField {
  readonly name: string;
  /** The name in lower case. */
  readonly key: string;
  /** What follows the colon, byte for byte as latin1, folds kept, without the final line end. */
  readonly raw: string;
  /** False where blanks stood before the colon: other readers see no field there. */
  readonly strict: boolean;
}

export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** Offset of the body. */
  readonly end: number;
  readonly defects: readonly Defect[];
}

const LF = 10;
const CR = 13;
const FIELD = /([!-9;-~]{1,200})([ \t]*):/y;

/** Offset behind the line end that is at or after `from`, or the length. */
function nextLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(LF, from);
  return at < 0 ? bytes.length : at + 1;
}

function blank(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
}

/** Offset of the first blank line at or after `from`, or the length. */
export function headerEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !blank(bytes, at)) at = nextLine(bytes, at);
  return at;
}

/** Offset of the line after this one and its folds. */
function logicalLineEnd(block: string, from: number): number {
  let at = from;
  do {
    const end = block.indexOf('\n', at);
    at = end < 0 ? block.length : end + 1;
  } while (at < block.length && (block.charCodeAt(at) === 32 || block.charCodeAt(at) === 9));
  return at;
}

function withoutLineEnd(text: string): string {
  if (!text.endsWith('\n')) return text;
  return text.slice(0, text.endsWith('\r\n') ? -2 : -1);
}

/**
 * Reads the header block that begins at `from`. Lines that are no field are passed over where fields follow them (mailing
 * lists and virus scanners unfold what they rewrite); behind the last field they mean that the blank line is missing,
 * and the body begins with the first of them. Past the limits (bytes, number of fields) a field is left out, and said.
 */
export function readHeader(bytes: Buffer, from: number, limits: Limits): HeaderBlock {
  const end = headerEnd(bytes, from);
  const block = bytes.toString('latin1', from, end);
  const fields: RawField[] = [];
  const defects = new Map<string, string>();
  let room = limits.headerBytes;
  let behindFields = 0;
  for (let at = 0, next = 0; at < block.length; at = next) {
    next = logicalLineEnd(block, at);
    FIELD.lastIndex = at;
    const [head, name = '', blanks] = FIELD.exec(block) ?? [];
    if (head === undefined) {
      defects.set('header-line-malformed', 'a line of the header is no field');
      continue;
    }
    behindFields = next;
    if (fields.length >= limits.headerFields) {
      defects.set('header-fields-limit', `more than ${limits.headerFields} header fields, the rest is left out`);
      behindFields = block.length;
      break;
    }
    if (next - at > room) {
      defects.set('header-bytes-limit', `header over ${limits.headerBytes} bytes, a field is left out`);
      continue;
    }
    room -= next - at;
    const raw = withoutLineEnd(block.slice(at + head.length, next));
    fields.push({ name, key: name.toLowerCase(), raw, strict: blanks === '' });
    if (blanks !== '') defects.set('header-space-before-colon', 'blanks between a field name and its colon');
  }
  if (behindFields < block.length) return { fields, end: from + behindFields, defects: listed(defects) };
  return { fields, end: Math.min(bytes[end] === CR ? end + 2 : end + 1, bytes.length), defects: listed(defects) };
}

function listed(defects: ReadonlyMap<string, string>): Defect[] {
  return Array.from(defects, ([code, detail]) => ({ code, detail }));
}

/** Every instance of a field, top to bottom; `key` in lower case. */
export function instances(fields: readonly RawField[], key: string): RawField[] {
  const found: RawField[] = [];
  for (const field of fields) if (field.key === key) found.push(field);
  return found;
}

/**
 * Blanks and line ends off both ends, and only those of ASCII: the bytes of a value read as latin1 may hold 0xA0, which
 * `trim` takes for a blank and which is «а» in ibm866.
 */
export function trimmed(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && ' \t\r\n'.includes(value[from] ?? '')) from++;
  while (to > from && ' \t\r\n'.includes(value[to - 1] ?? '')) to--;
  return from === 0 && to === value.length ? value : value.slice(from, to);
}

/** A value on one line: line ends of folds go, their blanks stay (RFC 5322 §2.2.3). */
export function unfolded(raw: string): string {
  return trimmed(raw.includes('\n') ? raw.replace(/\r?\n(?=[ \t])/g, '') : raw);
}
