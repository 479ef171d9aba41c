// What RAR before 3.0 put into its headers: a block in; what its CRC stands for out, and the archive as later readers
// expect it. The library takes a header with a comment inside for a broken one (RARLAB technote of RAR 2, unrar 7).

import { crc32 } from 'node:zlib';
import { bufferOf, viewOf } from './walk.ts';

/** Blocks of any generation 4 archive. */
export const MAIN = 0x73;
export const FILE = 0x74;
/** Who signed the archive, what a system keeps of a file, the signature. A comment and recovery data have a right CRC. */
const SIGNED = 0x76;
const OLD_SERVICE = 0x77;
const SIGNATURE = 0x79;
const OWNER = 0x101;
/** A comment stands inside the header, behind what the CRC is of. */
const MAIN_COMMENT = 0x0002;
const FILE_COMMENT = 0x0008;
const FILE_TIMES = 0x1000;
const MAIN_FIXED = 13;
export const FILE_LARGE = 0x0100;
const FILE_SALT = 0x0400;

/** Where a block stands, how long its header is, what of the header its CRC is of, and how much data follows. Bytes. */
export interface Block {
  readonly at: number;
  readonly size: number;
  readonly checked: number;
  readonly data: number;
}

/**
 * Bytes of a header that its CRC stands for, 0 where it stands for none: RAR before 3.0 filled it in wrongly for the blocks
 * in which it signed an archive, and for those that name the owner of a file.
 */
export function checkedLength(bytes: Uint8Array, at: number, size: number): number {
  const view = viewOf(bytes);
  const flags = view.getUint16(at + 3, true);
  switch (bytes[at + 2]) {
    case MAIN:
      return flags & MAIN_COMMENT ? Math.min(size, MAIN_FIXED) : size;
    case FILE:
      return flags & FILE_COMMENT && !(flags & FILE_TIMES) ? Math.min(size, fixedLength(bytes, at, flags)) : size;
    case SIGNED:
    case SIGNATURE:
      return 0;
    case OLD_SERVICE:
      return size >= 14 && view.getUint16(at + 11, true) === OWNER ? 0 : size;
    default:
      return size;
  }
}

/** Bytes of a file header up to where its optional times begin; readers differ on a name that reaches out of it. */
export function fixedLength(bytes: Uint8Array, at: number, flags: number): number {
  const name = viewOf(bytes).getUint16(at + 26, true);
  return name === 0 ? Number.POSITIVE_INFINITY : (flags & FILE_LARGE ? 40 : 32) + name + (flags & FILE_SALT ? 8 : 0);
}

/** The archive without what only RAR before 3.0 knew; the same bytes where it holds nothing of it. */
export function withoutOld(bytes: Uint8Array, blocks: readonly Block[]): Uint8Array {
  if (blocks.every(({ size, checked }) => size === checked)) return bytes;
  const buffer = bufferOf(bytes);
  const kept = blocks.flatMap(({ at, size, checked, data }) => {
    if (checked === 0) return [];
    const header = checked === size ? buffer.subarray(at, at + size) : shortened(buffer.subarray(at, at + checked));
    return [header, buffer.subarray(at + size, at + size + data)];
  });
  return Buffer.concat([buffer.subarray(0, 7), ...kept]);
}

/** A header that ends where its CRC did, and says so. */
function shortened(header: Buffer): Buffer {
  const own = Buffer.from(header);
  const comment = own[2] === MAIN ? MAIN_COMMENT : FILE_COMMENT;
  own.writeUInt16LE(own.readUInt16LE(3) & ~comment, 3);
  own.writeUInt16LE(own.length, 5);
  own.writeUInt16LE(crc32(own.subarray(2)) & 0xffff, 0);
  return own;
}
