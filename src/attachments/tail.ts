// Bytes behind the end of a picture: what they are in, a refusal or null out. A second file there is how a picture
// carries what it must not: viewers show the picture, other programs run, unpack or render the rest.

import { isArchive, magicOf } from './magic.ts';
import { type Refusal, refuse } from './reasons.ts';
import { bufferOf, holds, type PictureType, viewOf } from './walk.ts';

const ARCHIVES = ['PK\x03\x04', 'PK\x05\x06', 'Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'MSCF\0\0\0\0'];
/** Programs by their first bytes; two letters are too few to be looked for anywhere but there. */
const PROGRAMS: readonly (string | null)[] = ['exe', 'elf', 'macho', 'class', 'lnk'];
const HTML = /<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php)\b|<\?php|javascript:/i;

/**
 * Pictures behind whose end other bytes are ordinary, and cut off: phones put a second picture, a depth map or a film behind
 * a JPEG; snipping tools that save a cropped picture over a larger one leave the rest of the larger one there.
 */
const CUT: readonly PictureType[] = ['jpg', 'png'];

/**
 * Null where the bytes from `end` on may be cut off: padding behind any picture, and behind those of `CUT` whatever stands
 * there, as long as it is no program, archive or web page.
 */
export function judgeTail(type: PictureType, bytes: Uint8Array, end: number): Refusal | null {
  const tail = bytes.subarray(end);
  if (tail.length === 0) return null;
  const said = `${tail.length} bytes behind the end`;
  if (hasProgram(tail)) return refuse('trailing-executable', said);
  if (hasArchive(tail)) return refuse('trailing-archive', said);
  if (HTML.test(bufferOf(tail).toString('latin1'))) return refuse('trailing-html', said);
  return CUT.includes(type) || isPadding(tail) ? null : refuse('trailing-data', said);
}

/** Mail programs, old encoders and programs that write whole blocks pad with zeros, line ends, blanks or the end-of-file of CP/M. */
const PADDING = [0, 0x0a, 0x0d, 0x20, 0x1a];

function isPadding(tail: Uint8Array): boolean {
  return tail.every((byte) => PADDING.includes(byte));
}

function hasArchive(tail: Uint8Array): boolean {
  const buffer = bufferOf(tail);
  const first = magicOf(unpadded(tail));
  // ARJ has two bytes for a signature, which one in 65,536 remains of a picture begins with
  return (
    ARCHIVES.some((signature) => buffer.includes(signature, 0, 'latin1')) ||
    (first !== null && first !== 'arj' && isArchive(first))
  );
}

function unpadded(tail: Uint8Array): Uint8Array {
  const first = tail.findIndex((byte) => !PADDING.includes(byte));
  return first < 0 ? tail.subarray(tail.length) : tail.subarray(first);
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

/** ELF, a script, a program at its start, or `MZ` whose header points at a PE header: the two letters alone stand in any picture data. */
export function hasProgram(tail: Uint8Array): boolean {
  const buffer = bufferOf(tail);
  const start = unpadded(tail);
  if (buffer.includes('\x7fELF', 0, 'latin1') || holds(start, 0, '#!') || PROGRAMS.includes(magicOf(start)))
    return true;
  const view = viewOf(tail);
  for (let at = buffer.indexOf('MZ'); at >= 0; at = buffer.indexOf('MZ', at + 2))
    if (at + 64 <= tail.length && holds(tail, at + view.getUint32(at + 60, true), 'PE\0\0')) return true;
  return false;
}
