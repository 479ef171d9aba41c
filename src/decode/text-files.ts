// Files inside plain text, as old mailers and newsreaders write them: uuencode (POSIX), its base64 form, and yEnc (yEnc draft
// 1.3). The bytes of a text in; the text without such blocks, and the files, out. Lines that only look like one stay.

import type { Cut, EmbeddedFile, Room } from './embedded-file.ts';
import { undecoded } from './pieces.ts';
import { transferred } from './transfer.ts';

/** What one block is: its file, and where the text goes on. */
interface Block {
  readonly name: Buffer;
  /** Null where it would be more than there is room for. */
  readonly bytes: Buffer | null;
  readonly broken: string | null;
  readonly end: number;
}

/** `room`: bytes that a file may have. */
type Reader = (text: Buffer, start: number, room: number) => Block | null;

const BEGIN = /^(?:begin(?:-base64)? [0-7]{3,4} |=ybegin )/gm;

/** By how a block begins. */
function readerOf(begin: string): Reader {
  if (begin.startsWith('=')) return yencAt;
  return begin.startsWith('begin-') ? base64At : uuencodeAt;
}

const LF = 10;
const CR = 13;

/** Takes the bytes of a plain text, its place, its declared charset and what its files may be: blanks that relays cut off make many of few bytes. */
export function cutTextFiles(bytes: Buffer, path: string, charset: string | null, most: Room): Cut {
  const files: EmbeddedFile[] = [];
  if (!bytes.includes('begin')) return { bytes, files, left: 0 };
  const kept: Buffer[] = [];
  let left = 0;
  let at = 0;
  let room = most.bytes;
  for (const { index, 0: begin } of bytes.toString('latin1').matchAll(BEGIN)) {
    const block = index < at ? null : readerOf(begin)(bytes, index, room);
    if (block === null) continue;
    kept.push(bytes.subarray(at, index));
    at = block.end;
    room -= block.bytes?.length ?? 0;
    if (block.bytes === null || files.length >= most.files) left++;
    else files.push(fileOf(block, block.bytes, `${path}.${files.length + 1}`, charset));
  }
  if (at === 0) return { bytes, files, left };
  const rest = Buffer.concat([...kept, bytes.subarray(at)]);
  return { bytes: bytes.length <= SHORT && isBlank(rest) ? bytes : rest, files, left };
}

/** A letter of nothing but one short file is shown as it came as well: without any words it would look like a lost one. */
const SHORT = 2048;
const isBlank = (text: Buffer): boolean => text.toString('latin1').trim() === '';

function fileOf({ name, broken }: Block, bytes: Buffer, path: string, charset: string | null): EmbeddedFile {
  return {
    path,
    name: undecoded(name, charset),
    contentType: 'application/octet-stream',
    contentId: null,
    bytes,
    broken,
  };
}

interface Line {
  /** Without its line end. */
  readonly bytes: Buffer;
  readonly next: number;
}

/** The line that begins at `at`; CR, LF and CRLF end it. */
function lineAt(text: Buffer, at: number): Line | null {
  if (at >= text.length) return null;
  let end = at;
  while (end < text.length && text[end] !== LF && text[end] !== CR) end++;
  let next = end;
  // one CR or more before the LF are its own
  while (text[next] === CR) next++;
  return { bytes: text.subarray(at, end), next: text[next] === LF || next === end ? next + 1 : next };
}

const words = (line: Line): string => line.bytes.toString('latin1').trimEnd();

const UU_HEAD = /^begin(?:-base64)? [0-7]{3,4} +(\S.*)$/;

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

function uuencodeAt(text: Buffer, start: number, room: number): Block | null {
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
    whole[length++] = LF;
  }
  length += whole.write('`\nend\n', length, 'latin1');
  return transferred(whole.subarray(0, length), 'x-uuencode').bytes;
}

const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;

function base64At(text: Buffer, start: number): Block | null {
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

const YENC_HEAD = /^=ybegin .{0,200}?\bname=(.*)$/;

/** Every byte is its own plus 42; a few are escaped. The last line says how many there are. */
function yencAt(text: Buffer, start: number): Block | null {
  const line = lineAt(text, start);
  const name = line && line.bytes.length < 500 ? YENC_HEAD.exec(words(line))?.[1]?.trim() : undefined;
  if (line === null || name === undefined) return null;
  const end = yencEnd(text, line.next);
  if (end < 0) return null;
  const last = lineAt(text, end);
  if (last === null) return null;
  const part = lineAt(text, line.next);
  const from = part?.bytes.subarray(0, 7).toString('latin1') === '=ypart ' ? part.next : line.next;
  const bytes = yencDecoded(text.subarray(from, Math.max(from, end)));
  const size = /\bsize=(\d{1,12})\b/.exec(words(last))?.[1];
  const whole = !/\bpart=/.test(words(line)) && Number(size) === bytes.length;
  return {
    name: Buffer.from(name.replace(/^"|"$/g, ''), 'latin1'),
    bytes,
    broken: whole ? null : 'yEnc data that is not whole',
    end: last.next,
  };
}

/** Where the last line of a yEnc block begins; -1 where another block begins before it, or none comes. */
function yencEnd(text: Buffer, from: number): number {
  for (let line = lineAt(text, from), at = from; line !== null; at = line.next, line = lineAt(text, at)) {
    const word = text.toString('latin1', at, at + 8);
    if (word.startsWith('=yend ')) return at;
    if (word === '=ybegin ') return -1;
  }
  return -1;
}

function yencDecoded(data: Buffer): Buffer {
  const out = Buffer.allocUnsafe(data.length);
  let length = 0;
  for (let at = 0; at < data.length; at++) {
    const byte = data[at] ?? 0;
    if (byte === LF || byte === CR) continue;
    if (byte !== 0x3d) out[length++] = byte - 42;
    else if (++at < data.length) out[length++] = (data[at] ?? 0) - 64 - 42;
  }
  return out.subarray(0, length);
}
