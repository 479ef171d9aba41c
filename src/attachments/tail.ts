// Bytes behind the end of a picture: what they are in, a refusal or null out. A second file there is how a picture
// carries what it must not: viewers show the picture, other programs run, unpack or render the rest.

import { type Refusal, refuse } from './reasons.ts';
import { bufferOf, holds, type PictureType, viewOf } from './walk.ts';

const ARCHIVES = ['PK\x03\x04', 'PK\x05\x06', 'Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'MSCF\0\0\0\0'];
/** Too short to be looked for anywhere but at the start. */
const ARCHIVE_STARTS = ['\x1f\x8b\x08', 'BZh', '\xfd7zXZ\0'];
const HTML = /<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php)\b|<\?php|javascript:/i;

/**
 * Null where the bytes from `end` on may be cut off: padding behind any picture, and behind a JPEG whatever phones
 * write there (second picture, depth map, film) as long as it is no program, archive or web page.
 */
export function judgeTail(type: PictureType, bytes: Uint8Array, end: number): Refusal | null {
  const tail = bytes.subarray(end);
  if (tail.length === 0) return null;
  const said = `${tail.length} bytes behind the end`;
  if (hasProgram(tail)) return refuse('trailing-executable', said);
  if (hasArchive(tail)) return refuse('trailing-archive', said);
  if (HTML.test(bufferOf(tail).toString('latin1'))) return refuse('trailing-html', said);
  return type === 'jpg' || isPadding(tail) ? null : refuse('trailing-data', said);
}

/** Mail programs and old encoders pad with zeros, line ends, blanks or the end-of-file of CP/M. */
const PADDING = [0, 0x0a, 0x0d, 0x20, 0x1a];

function isPadding(tail: Uint8Array): boolean {
  return tail.length <= 4096 && tail.every((byte) => PADDING.includes(byte));
}

function hasArchive(tail: Uint8Array): boolean {
  const buffer = bufferOf(tail);
  return (
    ARCHIVES.some((signature) => buffer.includes(signature, 0, 'latin1')) ||
    ARCHIVE_STARTS.some((signature) => holds(tail, 0, signature))
  );
}

const SELF_EXTRACTING = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c'];
/** How far unpackers look for the start of an archive behind a program. */
const STUB = 1024 * 1024;
/** A ZIP ends with a comment of at most 65,535 bytes behind a record of 22. */
const ZIP_END = 65_557;

/**
 * A refusal where the picture itself opens as an archive: unpackers skip what stands before RAR and 7-Zip, and find a
 * ZIP from its end, so that one in a comment segment makes the picture's last bytes its own comment.
 */
export function judgeInside(picture: Uint8Array): Refusal | null {
  const buffer = bufferOf(picture);
  const start = buffer.subarray(0, STUB);
  const end = buffer.subarray(-ZIP_END);
  const at = end.lastIndexOf('PK\x05\x06', end.length, 'latin1');
  const zip = at >= 0 && at + 22 <= end.length && at + 22 + end.readUInt16LE(at + 20) === end.length;
  return zip || SELF_EXTRACTING.some((signature) => contains(start, signature)) ? refuse('hidden-archive') : null;
}

/** Searches by the first four bytes, which is what the engine does fast, and compares the rest. */
function contains(buffer: Buffer, signature: string): boolean {
  const four = signature.slice(0, 4);
  for (let at = buffer.indexOf(four, 0, 'latin1'); at >= 0; at = buffer.indexOf(four, at + 1, 'latin1'))
    if (holds(buffer, at, signature)) return true;
  return false;
}

/** ELF, a script, or `MZ` whose header points at a PE header: the two letters alone stand in any picture data. */
export function hasProgram(tail: Uint8Array): boolean {
  const buffer = bufferOf(tail);
  const first = tail.findIndex((byte) => !PADDING.includes(byte));
  if (buffer.includes('\x7fELF', 0, 'latin1') || holds(tail, first, '#!') || holds(tail, first, 'MZ')) return true;
  const view = viewOf(tail);
  for (let at = buffer.indexOf('MZ'); at >= 0; at = buffer.indexOf('MZ', at + 2))
    if (at + 64 <= tail.length && holds(tail, at + view.getUint32(at + 60, true), 'PE\0\0')) return true;
  return false;
}
