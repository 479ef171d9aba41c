// RAR generation 4 (RARLAB technote.txt of RAR 3/4): bytes in, the declared entries out. Every header's CRC is checked
// and every block must lie inside the file.

import { crc32 } from 'node:zlib';
import { MOST_BLOCKS, type RarEntry, type RarHeaders } from './rar-entry.ts';
import { type Block, checkedLength, FILE, FILE_LARGE, fixedLength, MAIN, withoutOld } from './rar4-old.ts';
import { type Refusal, refuse } from './reasons.ts';
import { viewOf } from './walk.ts';

const SERVICE = 0x7a;
const END = 0x7b;
const KNOWN = [MAIN, FILE, 0x75, 0x76, 0x77, 0x78, 0x79, SERVICE, END];
const HAS_DATA = 0x8000;
const MAIN_VOLUME = 0x0001;
const MAIN_ENCRYPTED = 0x0080;
/** A byte more behind the reserved ones: the version of the encryption. */
const MAIN_ENCRYPTION_VERSION = 0x0200;
const FILE_SPLIT = 0x0003;
const FILE_ENCRYPTED = 0x0004;
const FOLDER = 7;
const UNIX = 3;
const LAST_OF_DOS = 2;
/** MS-DOS, OS/2, Windows, Unix, Mac OS, BeOS. */
const LAST_SYSTEM = 5;

/** Reads all headers behind the signature. */
export function readRar4(bytes: Uint8Array): RarHeaders | Refusal {
  const view = viewOf(bytes);
  const entries: RarEntry[] = [];
  const found: Block[] = [];
  let at = 7;
  for (let blocks = 0; at < bytes.length; blocks++) {
    if (blocks > MOST_BLOCKS) return refuse('archive-entries', 'headers without end');
    if (at + 7 > bytes.length) return refuse('truncated', 'a header');
    const type = bytes[at + 2] ?? 0;
    const flags = view.getUint16(at + 3, true);
    const size = view.getUint16(at + 5, true);
    if (!KNOWN.includes(type) || size < 7) return refuse('damaged', `block 0x${type.toString(16)}`);
    if (blocks === 0 && type !== MAIN) return refuse('damaged', 'no main header');
    if (at + size > bytes.length) return refuse('truncated', 'a header');
    const filed = type === FILE || type === SERVICE;
    if (filed && (size < 32 || fixedLength(bytes, at, flags) > size)) return refuse('damaged', 'a short file header');
    const checked = checkedLength(bytes, at, size);
    if (checked > 0 && (crc32(bytes.subarray(at + 2, at + checked)) & 0xffff) !== view.getUint16(at, true))
      return refuse('damaged', 'CRC of a header');
    if (type === MAIN) {
      if (blocks > 0) return refuse('damaged', 'a second main header');
      if (size < (flags & MAIN_ENCRYPTION_VERSION ? 14 : 13)) return refuse('damaged', 'a short main header');
      if (flags & MAIN_ENCRYPTED) return refuse('encrypted', 'names too');
      if (flags & MAIN_VOLUME) return refuse('archive-volume');
    }
    let data = (flags & HAS_DATA || filed) && size >= 11 ? view.getUint32(at + 7, true) : 0;
    if (filed && flags & FILE_LARGE) data += view.getUint32(at + 32, true) * 2 ** 32;
    if (filed && (bytes[at + 15] ?? 0) > LAST_SYSTEM) return refuse('damaged', 'system of a file');
    if (type === FILE) entries.push(fileOf(bytes.subarray(at, at + size), flags));
    found.push({ at, size, checked, data });
    at += size + data;
    if (at > bytes.length) return refuse('truncated', 'an entry is longer than the file');
    if (type === END) break;
  }
  if (at === 7) return refuse('truncated', 'nothing behind the signature');
  if (at < bytes.length) return refuse('trailing-data', `${bytes.length - at} bytes behind the archive`);
  return { ok: true, entries, bytes: withoutOld(bytes, found) };
}

/** RAR before 2.0 had no flag for a folder: it is one by the attributes of MS-DOS, OS/2 or Windows. */
function isOldFolder(header: Uint8Array): boolean {
  return (header[24] ?? 0) < 20 && (header[15] ?? 0) <= LAST_OF_DOS && ((header[28] ?? 0) & 0x10) !== 0;
}

function fileOf(header: Uint8Array, flags: number): RarEntry {
  const view = viewOf(header);
  const large = (flags & FILE_LARGE) !== 0;
  const nameAt = large ? 40 : 32;
  const raw = header.subarray(nameAt, nameAt + view.getUint16(26, true));
  const end = raw.indexOf(0);
  const window = (flags >> 5) & 7;
  const link = header[15] === UNIX && (view.getUint32(28, true) & 0o170000) === 0o120000;
  return {
    name: Buffer.from(end < 0 ? raw : raw.subarray(0, end)).toString('latin1'),
    kind: window === FOLDER || isOldFolder(header) ? 'folder' : link ? 'link' : 'file',
    unpacked: view.getUint32(11, true) + (large ? view.getUint32(36, true) * 2 ** 32 : 0),
    encrypted: (flags & FILE_ENCRYPTED) !== 0,
    split: (flags & FILE_SPLIT) !== 0,
    dictionary: window === FOLDER ? 0 : 65536 << window,
  };
}
