// A file that stands in lines of plain text, and the lines themselves: what uuencode-block.ts and yenc-block.ts read and answer.

const LF = 10;
const CR = 13;

/** What one block is: its file, and where the text goes on. */
export interface Block {
  readonly name: Buffer;
  /** Null where it would be more than there is room for. */
  readonly bytes: Buffer | null;
  readonly broken: string | null;
  readonly end: number;
}

/** `room`: bytes that a file may have. */
export type Reader = (text: Buffer, start: number, room: number) => Block | null;

export interface Line {
  /** Without its line end. */
  readonly bytes: Buffer;
  readonly next: number;
}

/** The line that begins at `at`; CR, LF and CRLF end it. */
export function lineAt(text: Buffer, at: number): Line | null {
  if (at >= text.length) return null;
  let end = at;
  while (end < text.length && text[end] !== LF && text[end] !== CR) end++;
  let next = end;
  // one CR or more before the LF are its own
  while (text[next] === CR) next++;
  return { bytes: text.subarray(at, end), next: text[next] === LF || next === end ? next + 1 : next };
}

/** A line as text, without the blanks at its end. */
export const words = (line: Line): string => line.bytes.toString('latin1').trimEnd();
