// What bytes are by their first ones: bytes in; jpg, png, gif, bmp, zip, rar, another short name, or null out. Answers
// for what decides; what other files are called is file-type's business (kind.ts).

import { holds } from './walk.ts';

const ARCHIVES = ['zip', 'rar', '7z', 'gz', 'bz2', 'xz', 'zst', 'tar', 'cab', 'lzh', 'arj', 'iso', 'ace', 'lz'];

/** Signatures in the order in which they are tried: type, offset, latin1. */
const SIGNATURES: readonly (readonly [string, number, string])[] = [
  ['jpg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG'],
  ['gif', 0, 'GIF8'],
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['zip', 0, 'PK\x07\x08PK\x03\x04'],
  ['zip', 0, 'PK00PK\x03\x04'],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['rar', 0, 'RE~^'],
  ['7z', 0, '7z\xbc\xaf\x27\x1c'],
  ['gz', 0, '\x1f\x8b\x08'],
  ['bz2', 0, 'BZh'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['zst', 0, '\x28\xb5\x2f\xfd'],
  ['lz', 0, 'LZIP'],
  ['cab', 0, 'MSCF'],
  ['arj', 0, '\x60\xea'],
  ['ace', 7, '**ACE**'],
  ['tar', 257, 'ustar'],
  ['iso', 0x8001, 'CD001'],
  ['exe', 0, 'MZ'],
  ['elf', 0, '\x7fELF'],
  ['macho', 0, '\xcf\xfa\xed\xfe'],
  ['macho', 0, '\xce\xfa\xed\xfe'],
  ['class', 0, '\xca\xfe\xba\xbe'],
  ['lnk', 0, 'L\0\0\0\x01\x14\x02\0'],
];

/** The type that the first bytes say. */
export function magicOf(bytes: Uint8Array): string | null {
  for (const [type, at, text] of SIGNATURES) if (holds(bytes, at, text)) return type;
  // «BM» also begins words: the header's length, its reserved fields or the file's size must look like a picture's.
  if (holds(bytes, 0, 'BM') && bytes.length > 18 && bytes[16] === 0 && bytes[17] === 0) return 'bmp';
  return holds(bytes, 2, '-lh') ? 'lzh' : null;
}

/** True for a type that holds other files. */
export function isArchive(type: string): boolean {
  return ARCHIVES.includes(type);
}

/** Extensions under which each picture may go by. */
export const PICTURE_NAMES: Readonly<Record<string, readonly string[]>> = {
  jpg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  gif: ['gif'],
  png: ['png'],
  bmp: ['bmp', 'dib'],
};

/** True where a file name ends like one of the four pictures of the regulation. */
export function isPictureName(name: string): boolean {
  const extension = extensionOf(name);
  return Object.values(PICTURE_NAMES).some((names) => names.includes(extension));
}

/** Lower-case extension without its dot, '' where there is none. */
export function extensionOf(name: string): string {
  return /\.([^./\\\s]{1,12})\s*$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}
