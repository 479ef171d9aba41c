// yEnc (draft 1.3) in plain text: the place of its first line in; the file, or null where no last line follows, out.

import { type Block, lineAt, words } from './text-block.ts';

const LF = 10;
const CR = 13;
const YENC_HEAD = /^=ybegin .{0,200}?\bname=(.*)$/;

/** The file that begins at `start`. Every byte is its own plus 42; a few are escaped. The last line says how many there are. */
export function yencAt(text: Buffer, start: number): Block | null {
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
