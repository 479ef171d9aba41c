// A multipart body (RFC 2046 §5.1) and its boundary in; the sections between its delimiter lines out, and what stands before
// the first and behind the last. Nothing is copied: the platform's own byte search goes over it once.

import type { Limits } from '../mail/limits.ts';
import { readHeader, trimmed, unfolded } from './header-block.ts';
import { readParameters } from './parameters.ts';

export interface Section {
  readonly bytes: Buffer;
  /** It stands behind the closing delimiter, or where another reader sees another end. */
  readonly late: boolean;
}

export interface Sections {
  readonly sections: readonly Section[];
  readonly closed: boolean;
  /** What no reader shows (RFC 2046 §5.1.1), though some writers put their words there. */
  readonly preamble: Buffer;
  readonly epilogue: Buffer;
  /** The boundary of an inner multipart is the closing delimiter of this one. */
  readonly shared: boolean;
}

const NOTHING: Buffer = Buffer.alloc(0);

/** Behind a boundary only `--`, blanks and the line end may follow: else it is a longer boundary that begins alike. */
function delimiterEnd(body: Buffer, from: number): { readonly next: number; readonly closing: boolean } | null {
  const closing = body[from] === 45 && body[from + 1] === 45;
  let at = closing ? from + 2 : from;
  while (body[at] === 32 || body[at] === 9 || body[at] === 13) at++;
  return at >= body.length || body[at] === 10 ? { next: Math.min(at + 1, body.length), closing } : null;
}

/** Whether the header of a section names this boundary for parts of its own. */
function declares(section: Buffer, boundary: string, limits: Limits): boolean {
  const type = readHeader(section, 0, limits).fields.find(({ key }) => key === 'content-type');
  if (type === undefined || !type.raw.includes(boundary)) return false;
  return (
    trimmed(readParameters(unfolded(type.raw), limits.parameterPieces).named.get('boundary')?.text ?? '') === boundary
  );
}

/** Behind the closing line of the inner multipart, or the end. */
function innerEnd(body: Buffer, from: number, boundary: string): number {
  const close = Buffer.from(`--${boundary}--`, 'latin1');
  for (let at = body.indexOf(close, from); at >= 0; at = body.indexOf(close, at + close.length)) {
    if (body[at - 1] === 10) return at + close.length;
  }
  return body.length;
}

/** Cuts a multipart body at its delimiter lines; at most `limits.mimeParts` sections. */
export function sectionsOf(body: Buffer, boundary: string, limits: Limits): Sections {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const most = limits.mimeParts;
  const found: Section[] = [];
  let preamble = NOTHING;
  let open = -1;
  let behind = -1;
  let closed = false;
  let late = false;
  let shared = false;
  for (let at = body.indexOf(delimiter), next = 0; at >= 0 && found.length < most; at = body.indexOf(delimiter, next)) {
    next = at + delimiter.length;
    const end = at === 0 || body[at - 1] === 10 ? delimiterEnd(body, next) : null;
    if (end === null) continue;
    // The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    const until = Math.max(body[at - 2] === 13 ? at - 2 : at - 1, 0);
    if (open < 0 && !closed) preamble = body.subarray(0, until);
    if (open >= 0) {
      const bytes = body.subarray(open, Math.max(open, until));
      if (end.closing && !shared && declares(bytes, `${boundary}--`, limits)) {
        shared = true;
        late = true;
        next = innerEnd(body, end.next, `${boundary}--`);
        continue;
      }
      found.push({ bytes, late });
    }
    late ||= closed;
    open = end.closing ? -1 : end.next;
    behind = end.closing ? end.next : -1;
    if (end.closing) closed = true;
    else if (closed) late = true;
  }
  const full = found.length >= most;
  if (open >= 0 && !full) found.push({ bytes: body.subarray(open), late });
  const epilogue = behind >= 0 && !full ? body.subarray(behind) : NOTHING;
  return { sections: found, closed: full || (closed && open < 0), preamble, epilogue, shared };
}
