// Files inside plain text, as old mailers and newsreaders write them: uuencode (POSIX), its base64 form, and yEnc (yEnc draft
// 1.3). The bytes of a text in; the text without such blocks, and the files, out. Lines that only look like one stay.

import type { Cut, EmbeddedFile, Room } from './embedded-file.ts';
import { undecoded } from './pieces.ts';
import type { Block, Reader } from './text-block.ts';
import { base64At, uuencodeAt } from './uuencode-block.ts';
import { yencAt } from './yenc-block.ts';

const BEGIN = /^(?:begin(?:-base64)? [0-7]{3,6} |=ybegin )/gm;

/** By how a block begins. */
function readerOf(begin: string): Reader {
  if (begin.startsWith('=')) return yencAt;
  return begin.startsWith('begin-') ? base64At : uuencodeAt;
}

/**
 * Takes the bytes of a plain text, its place, its declared charset and what its files may be: with the blanks that relays
 * cut off they are made of fewer bytes than they have.
 */
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
