// base64 in lines of any length and ending, in pieces that were padded apart, with stray bytes in its lines or foreign
// lines around it. In: encoded bytes; out: bytes and a word on what was broken. It is told line by line what is data.

import { BLANK, close, type Groups, kindOf, noGroups, PADDING, takeIn } from './base64-digits.ts';
import { type Line, lineAt, type Transferred, withoutBlanks } from './transferred.ts';

const dataLineAt = (data: Buffer, from: number): Line => withoutBlanks(data, lineAt(data, from));

/** Digits, paddings and blanks of a line, and where data and padding at its beginning end. */
interface Count {
  readonly digits: number;
  readonly paddings: number;
  readonly blanks: number;
  readonly foreign: number;
  /** Behind the padding that ends the digits at the beginning, 0 for none. */
  readonly padded: number;
}

function counted(data: Buffer, { from, to }: Line): Count {
  let digits = 0;
  let paddings = 0;
  let blanks = 0;
  let foreign = 0;
  let padded = 0;
  for (let at = from; at < to; at++) {
    const kind = kindOf(data[at]);
    if (kind >= 0) digits++;
    else if (kind === PADDING) paddings++;
    else {
      if (digits > 0 && paddings > 0 && blanks + foreign === 0) padded = at;
      if (kind === BLANK) blanks++;
      else foreign++;
    }
  }
  return { digits, paddings, blanks, foreign, padded };
}

/** Whether the padding before `padded` stands behind the digits and not among them, and is no longer than one may be. */
function endsInPadding(data: Buffer, line: Line, padded: number): boolean {
  let at = padded;
  while (at > line.from && kindOf(data[at - 1]) === PADDING) at--;
  if (padded - at > 3) return false;
  while (at > line.from && kindOf(data[at - 1]) >= 0) at--;
  return at === line.from;
}

/** A stray byte in a line is passed over (RFC 2045 §6.8), a line of words is no data at all. */
const DATA_SHARE = 0.75;

/**
 * Where the data of a line ends: its end where it is data or was hit by a stray byte; behind its padding where foreign
 * words follow; its beginning where it is a line of words.
 */
function dataEnd(data: Buffer, line: Line, count: Count): number {
  const { digits, paddings, blanks, foreign, padded } = count;
  if (blanks + foreign === 0) return line.to;
  if (padded > 0 && endsInPadding(data, line, padded)) return padded;
  return blanks > 0 || digits + paddings < (line.to - line.from) * DATA_SHARE ? line.from : line.to;
}

/**
 * Nothing but digits and padding: then no line has to be judged. Blanks inside of lines are passed over as well, where
 * they came with the data: from the first line on, and with whole groups. Else they are between somebody's words.
 */
function isClean(data: Buffer): boolean {
  let signs = 0;
  let isFirst = true;
  let isSpaced = false;
  for (let line = dataLineAt(data, 0); line.from < data.length; line = dataLineAt(data, line.next)) {
    if (line.from === line.to) continue;
    const { digits, paddings, blanks, foreign, padded } = counted(data, line);
    if (isFirst) isSpaced = blanks > 0;
    if (foreign > 0 || padded > 0 || (blanks > 0 && !isSpaced)) return false;
    signs += digits + paddings;
    isFirst = false;
  }
  return !isSpaced || signs % 4 === 0;
}

const FOREIGN_CHARACTERS = 'base64 with foreign characters';

/**
 * Line by line where foreign ones have to be told from data. False where none is clean and the groups are not whole:
 * there is no data at all.
 */
function takeInLines(groups: Groups, data: Buffer): boolean {
  let isSound = false;
  for (let line = dataLineAt(data, 0); line.from < data.length; line = dataLineAt(data, line.next)) {
    const count = counted(data, line);
    const end = dataEnd(data, line, count);
    if (end === line.from) continue;
    isSound ||= count.blanks + count.foreign === 0;
    takeIn(groups, data, line.from, end);
  }
  return isSound || groups.signs % 4 === 0;
}

/** Undoes base64 of any shape, byte by byte. Takes it without blanks and line ends around it. */
export function inAnyLines(data: Buffer): Transferred {
  const groups = noGroups(data);
  const clean = isClean(data);
  if (clean) takeIn(groups, data, 0, data.length);
  // Somebody's words under a wrong label.
  else if (!takeInLines(groups, data)) return { bytes: Buffer.alloc(0), broken: FOREIGN_CHARACTERS };
  close(groups);
  const bytes = groups.out.subarray(0, groups.length);
  if (!clean) return { bytes, broken: FOREIGN_CHARACTERS };
  return { bytes, broken: groups.torn ? 'base64 of which bits are missing' : null };
}
