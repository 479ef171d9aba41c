// An mbox (RFC 4155) cut into letters while it streams by: in: chunks of bytes; out: one letter at a time with its quoting
// (">From ", mboxrd and mboxo) undone, line ends as they are. Memory: one letter and one chunk, whatever the size of the file.

export interface MboxLetter {
  /** The letter; only its first `limit` bytes where it is longer. */
  readonly raw: Buffer;
  /** Bytes of the whole letter; past `limit` the empty line that ends it in the mbox is among them. */
  readonly size: number;
  /** Of the From_ line, epoch milliseconds; null where it can't be read. */
  readonly arrivedAt: number | null;
  /** Envelope sender of the From_ line: `''` for MAILER-DAEMON, null where it is no address (Thunderbird writes `-`). */
  readonly sender: string | null;
}

const LF = 10;
const CR = 13;
const CAPITAL_F = 70;
const GREATER = 62;
/** A From_ line is no longer than this; more of a line is not looked at. */
const FROM_LINE = 300;
/** A line that is longer is taken in pieces. */
const LONG_LINE = 65_536;
const FROM =
  /^From (.*?) *((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d{1,2}:\d\d.*)$/;
const QUOTED = /^>+From /;

/** Cuts the stream. Nothing comes out of one whose first line is no From_ line. */
export async function* mboxLetters(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<MboxLetter> {
  let letter: Draft | null = null;
  let rest: Buffer = Buffer.alloc(0);
  let afterBlank = true;
  let insideLine = false;
  for await (const chunk of chunks) {
    const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let taken = 0;
    let start = 0;
    for (let end = data.indexOf(LF); end >= 0; end = data.indexOf(LF, start)) {
      if (insideLine) insideLine = false;
      else if (data[start] === CAPITAL_F && afterBlank) {
        const from = FROM.exec(head(data, start, end));
        if (from) {
          if (letter) yield finished(letter, data.subarray(taken, start), limit);
          letter = begun(from);
          taken = end + 1;
        }
      } else if (data[start] === GREATER && letter && QUOTED.test(head(data, start, end))) {
        add(letter, data.subarray(taken, start), limit);
        taken = start + 1;
      }
      if (!letter) return;
      afterBlank = end === start || (end === start + 1 && data[start] === CR);
      start = end + 1;
    }
    if (data.length - start > LONG_LINE) {
      start = data.length;
      insideLine = true;
    }
    if (letter) add(letter, data.subarray(taken, start), limit);
    rest = data.subarray(start);
  }
  if (letter) {
    const quoted = !insideLine && QUOTED.test(head(rest, 0, rest.length));
    yield finished(letter, quoted ? rest.subarray(1) : rest, limit);
  }
}

interface Draft {
  readonly pieces: Buffer[];
  size: number;
  readonly arrivedAt: number | null;
  readonly sender: string | null;
}

function head(data: Buffer, start: number, end: number): string {
  return data.toString('latin1', start, Math.min(end, start + FROM_LINE)).trimEnd();
}

function begun([, sender = '', date = '']: RegExpExecArray): Draft {
  // RFC 4155: the time is UTC; Google's export says so with +0000.
  const at = Date.parse(/[+-]\d{4}|GMT|UTC/.test(date) ? date : `${date} UTC`);
  const address = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(sender) ? sender : null;
  return {
    pieces: [],
    size: 0,
    arrivedAt: Number.isNaN(at) ? null : at,
    sender: sender === 'MAILER-DAEMON' ? '' : address,
  };
}

function add(letter: Draft, bytes: Buffer, limit: number): void {
  if (letter.size <= limit && bytes.length > 0) letter.pieces.push(bytes);
  letter.size += bytes.length;
}

function finished(letter: Draft, last: Buffer, limit: number): MboxLetter {
  add(letter, last, limit);
  const raw = Buffer.concat(letter.pieces);
  // The empty line before the next From_ line belongs to the mbox.
  const blank = letter.size > limit ? 0 : blankAtEnd(raw);
  const { arrivedAt, sender } = letter;
  return { raw: raw.subarray(0, Math.min(raw.length - blank, limit)), size: letter.size - blank, arrivedAt, sender };
}

function blankAtEnd(raw: Buffer): number {
  const lineEnd = raw.at(-1) !== LF ? 0 : raw.at(-2) === CR ? 2 : 1;
  const before = raw.length - lineEnd;
  return lineEnd > 0 && (before === 0 || raw[before - 1] === LF) ? lineEnd : 0;
}
