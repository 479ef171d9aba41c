// A text glued together of UTF-8 and an 8-bit charset, line by line: a web form's template around what the customer
// typed, a mailing list's footer, a quotation. In: bytes that are no valid UTF-8. Out: the lines apart, or null.

import { isUtf8 } from 'node:buffer';
import { readUtf8 } from './charset-unicode.ts';

/** So many characters of UTF-8 in sound lines are no accident of another charset. */
export const SOUND_CHARACTERS = 8;
const NEWLINE = 10;

export interface MixedLines {
  /** The lines that are no UTF-8, joined by line feeds, to be decoded like a text of their own. */
  readonly foreign: Buffer;
  /** The whole text, once the foreign lines are decoded. */
  readonly join: (foreignText: string) => string;
}

/** Tells lines in UTF-8 from lines in another charset. Null where the text is not both. */
export function mixedLines(bytes: Buffer): MixedLines | null {
  const lines = linesOf(bytes);
  if (lines.length < 2) return null;
  const foreign: Buffer[] = [];
  const places = new Set<number>();
  let sound = 0;
  lines.forEach((line, i) => {
    const reading = readUtf8(line);
    const isOurs = reading.broken === 0 ? isUtf8(line) : reading.broken * 3 <= reading.sound;
    if (isOurs) sound += reading.sound;
    else {
      foreign.push(line);
      places.add(i);
    }
  });
  if (sound < SOUND_CHARACTERS || foreign.length === 0) return null;
  const join = (foreignText: string): string => {
    const decoded = foreignText.split('\n')[Symbol.iterator]();
    return lines.map((line, i) => (places.has(i) ? (decoded.next().value ?? '') : line.toString('utf8'))).join('\n');
  };
  return {
    foreign: Buffer.concat(foreign.flatMap((line, i) => (i === 0 ? [line] : [Buffer.of(NEWLINE), line]))),
    join,
  };
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(NEWLINE, start);
    lines.push(bytes.subarray(start, end === -1 ? bytes.length : end));
    if (end === -1) return lines;
    start = end + 1;
  }
}
