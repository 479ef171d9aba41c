// uuencode (POSIX) and its base64 form in plain text: the place of a `begin` in; the file, or null where the lines are words, out.

import { type Block, lineAt, words } from './text-block.ts';
import { transferred } from './transfer.ts';

const UU_HEAD = /^begin(?:-base64)? [0-7]{3,6} +(\S.*)$/;

function headAt(text: Buffer, at: number): { readonly name: Buffer; readonly next: number } | null {
  const line = lineAt(text, at);
  const name = line && line.bytes.length < 400 ? UU_HEAD.exec(words(line))?.[1] : undefined;
  return line && name !== undefined ? { name: Buffer.from(name, 'latin1'), next: line.next } : null;
}

/** Bytes that a line of data stands for by its first character. */
const countOf = (line: string): number => (line.charCodeAt(0) - 32) & 63;
const lettersOf = (count: number): number => Math.ceil(count / 3) * 4;

/** Some writers add a letter to check the line by; relays cut blanks at its end, which are zeros. */
const isUuLine = (line: string): boolean =>
  countOf(line) > 0 && line.length <= lettersOf(countOf(line)) + 3 && /^[ -`]+$/.test(line);

/** A line of ordinary length and full of letters can't be words. */
const FULL_LINE = /^M[ -`]{60}/;
const LINE_BYTES = 100;

/** How far lines of data go: behind the last, the bytes they stand for, and the bytes of the lines in full. */
interface Reach {
  readonly end: number;
  readonly size: number;
  readonly written: number;
}

/** The file that begins at `start`, of at most `room` bytes. */
export function uuencodeAt(text: Buffer, start: number, room: number): Block | null {
  const head = headAt(text, start);
  if (head === null) return null;
  let reach: Reach = { end: head.next, size: 0, written: 0 };
  // up to the last line that is as long as it says: behind it may be words
  let sure: Reach | null = null;
  let first = '';
  let ended = false;
  for (let line = lineAt(text, reach.end); line !== null && !ended; line = lineAt(text, reach.end)) {
    const said = line.bytes.length > LINE_BYTES ? '~' : words(line);
    ended = said === 'end';
    const data = !ended && said !== '' && said !== '`';
    if (data && !isUuLine(said)) break;
    const count = data ? countOf(said) : 0;
    reach = {
      end: line.next,
      size: reach.size + count,
      written: reach.written + (data ? lettersOf(count) + 2 : 0),
    };
    if (!data) continue;
    first ||= line.bytes.toString('latin1');
    if (line.bytes.length > lettersOf(count)) sure = reach;
  }
  // a few capitals under a line «begin 644 …» are somebody's words
  if (ended ? sure === null && reach.size > 0 : sure === null || !FULL_LINE.test(first)) return null;
  const data = ended ? reach : (sure ?? reach);
  const bytes = data.size > room ? null : uudecoded(text, head.next, data);
  return { name: head.name, bytes, broken: ended ? null : 'uuencoded data without its last line', end: data.end };
}

/** The lines as their first characters promise them, with what relays cut off, for the decoder of whole parts. */
function uudecoded(text: Buffer, from: number, { end, size, written }: Reach): Buffer {
  if (size === 0) return Buffer.alloc(0);
  const begin = 'begin 644 a\n';
  const whole = Buffer.alloc(begin.length + written + 6, '`');
  let length = whole.write(begin, 'latin1');
  for (let at = from, line = lineAt(text, at); line !== null && at < end; line = lineAt(text, at)) {
    at = line.next;
    const said = words(line);
    if (said === '' || said === '`' || said === 'end') continue;
    const letters = lettersOf(countOf(said)) + 1;
    whole.write(said.slice(0, letters), length, 'latin1');
    length += letters;
    length += whole.write('\n', length, 'latin1');
  }
  length += whole.write('`\nend\n', length, 'latin1');
  return transferred(whole.subarray(0, length), 'x-uuencode').bytes;
}

const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;

/** The file that begins at `start`, whose lines are base64. */
export function base64At(text: Buffer, start: number): Block | null {
  const head = headAt(text, start);
  if (head === null) return null;
  const data: string[] = [];
  let at = head.next;
  for (let line = lineAt(text, at); line !== null; line = lineAt(text, at)) {
    const said = words(line);
    if (said === '====') {
      const { bytes, broken } = transferred(Buffer.from(data.join('\n'), 'latin1'), 'base64');
      return { name: head.name, bytes, broken, end: line.next };
    }
    if (!BASE64_LINE.test(said)) break;
    data.push(said);
    at = line.next;
  }
  return null;
}
