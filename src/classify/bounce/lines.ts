// Text of a bounce as lines, bounded: at most 4,000 lines of at most 1,000 characters out of the first quarter megabyte.

import type { Part } from '../../mail/message.ts';

const CHARS = 256 * 1024;
const LINES = 4000;
const LINE_CHARS = 1000;

/** The lines of a text, whatever its line ends. */
export const linesOf = (text: string): readonly string[] =>
  text
    .slice(0, CHARS)
    .split(/\r\n?|\n/)
    .slice(0, LINES)
    .map((line) => line.slice(0, LINE_CHARS));

/** The lines of a part that is text by its content; RFC 6533 makes it UTF-8. */
export const linesOfPart = (part: Part): readonly string[] =>
  linesOf(new TextDecoder('utf-8').decode(part.bytes.subarray(0, CHARS)));
