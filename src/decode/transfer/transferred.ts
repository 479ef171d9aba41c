// What every decoder of a transfer encoding gives, and the lines of encoded bytes.

export interface Transferred {
  readonly bytes: Buffer;
  /** What was wrong with the encoding, or null. */
  readonly broken: string | null;
  /** What may not be as it was sent, of which a file is marked; in a text nobody would see it. */
  readonly doubtful?: string | null;
}

const LF = 10;
const CR = 13;

/** A line of bytes: where it begins and ends, and where the next one begins. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** The line that begins at `from`; it ends with CR, LF, both, or the bytes. */
export function lineAt(bytes: Buffer, from: number): Line {
  let to = from;
  while (to < bytes.length && bytes[to] !== LF && bytes[to] !== CR) to++;
  return { from, to, next: bytes[to] === CR && bytes[to + 1] === LF ? to + 2 : to + 1 };
}

const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9 || byte === 11 || byte === 12;

/** A line without the blanks at its ends. */
export function withoutBlanks(bytes: Buffer, line: Line): Line {
  let { from, to } = line;
  while (from < to && isBlank(bytes[from])) from++;
  while (to > from && isBlank(bytes[to - 1])) to--;
  return { from, to, next: line.next };
}
