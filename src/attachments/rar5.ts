// RAR generation 5 (RARLAB technote, "RAR 5.0 archive format"): bytes in, the declared entries out. Every header's
// CRC-32 is checked and every block must lie inside the file.

import { crc32 } from 'node:zlib';
import { MOST_BLOCKS, type RarEntry, type RarHeaders } from './rar-entry.ts';
import { type Cursor, cursorOf, Misfit } from './rar5-cursor.ts';
import { type Refusal, refuse } from './reasons.ts';
import { viewOf } from './walk.ts';

const MAIN = 1;
const FILE = 2;
const ENCRYPTION = 4;
const END = 5;
const HAS_EXTRA = 0x0001;
const HAS_DATA = 0x0002;
const SPLIT = 0x0008 | 0x0010;
const MAIN_VOLUME = 0x0001;
const VOLUME_NUMBER = 0x0002;
const FOLDER = 0x0001;
const HAS_TIME = 0x0002;
const HAS_CRC = 0x0004;
const SIZE_UNKNOWN = 0x0008;
/** Of the compression information: unpacked with what the files before have left behind. */
const SOLID = 0x0040;
const EXTRA_ENCRYPTION = 1;
const EXTRA_REDIRECTION = 5;
/** The second of two host systems: Windows, Unix. */
const UNIX = 1;
/** The technote's limit of a header. */
const LONGEST_HEADER = 2 * 1024 * 1024;

/** Reads all headers behind the signature. */
export function readRar5(bytes: Uint8Array): RarHeaders | Refusal {
  try {
    return readBlocks(bytes);
  } catch (error) {
    if (error instanceof Misfit) return refuse('damaged', error.message);
    throw error;
  }
}

function readBlocks(bytes: Uint8Array): RarHeaders | Refusal {
  const view = viewOf(bytes);
  const entries: RarEntry[] = [];
  let at = 8;
  for (let blocks = 0; ; blocks++) {
    if (blocks > MOST_BLOCKS) return refuse('archive-entries', 'headers without end');
    if (at + 7 > bytes.length) return refuse('truncated', 'no end of archive');
    const start = cursorOf(bytes, at + 4, bytes.length);
    const size = start.number();
    const end = start.at() + size;
    if (size < 1 || size > LONGEST_HEADER) return refuse('damaged', `header of ${size} bytes`);
    if (end > bytes.length) return refuse('truncated', 'a header');
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(at, true)) return refuse('damaged', 'CRC of a header');
    const header = cursorOf(bytes, start.at(), end);
    const type = header.number();
    const flags = header.number();
    const extra = flags & HAS_EXTRA ? header.number() : 0;
    const data = flags & HAS_DATA ? header.number() : 0;
    if (type === ENCRYPTION) return refuse('encrypted', 'names too');
    if (blocks === 0 && type !== MAIN) return refuse('damaged', 'no main header');
    if (extra > end - header.at()) return refuse('damaged', 'extra area');
    if (type === MAIN) {
      const main = header.number();
      if (main & MAIN_VOLUME) return refuse('archive-volume');
      if (main & VOLUME_NUMBER) header.number();
    }
    if (type === FILE) {
      const file = fileOf(header, extrasOf(bytes, end - extra, end), (flags & SPLIT) !== 0);
      if (file.solid && entries.length === 0) return refuse('damaged', 'the first file goes on from one before it');
      entries.push(file);
    }
    at = end + data;
    if (at > bytes.length) return refuse('truncated', 'an entry is longer than the file');
    if (type === END) break;
  }
  if (at < bytes.length) return refuse('trailing-data', `${bytes.length - at} bytes behind the archive`);
  return { ok: true, entries, bytes };
}

function fileOf(header: Cursor, extras: ReadonlySet<number>, split: boolean): RarEntry & { readonly solid: boolean } {
  const flags = header.number();
  const unpacked = header.number();
  header.number();
  header.skip((flags & HAS_TIME ? 4 : 0) + (flags & HAS_CRC ? 4 : 0));
  const compression = header.number();
  if (header.number() > UNIX) throw new Misfit('system of a file');
  const length = header.number();
  if (length === 0) throw new Misfit('a file without a name');
  const name = header.text(length);
  const folder = (flags & FOLDER) !== 0;
  return {
    name,
    kind: extras.has(EXTRA_REDIRECTION) ? 'link' : folder ? 'folder' : 'file',
    unpacked: flags & SIZE_UNKNOWN ? null : unpacked,
    encrypted: extras.has(EXTRA_ENCRYPTION),
    split,
    solid: (compression & SOLID) !== 0,
    dictionary: folder ? 0 : 131072 * 2 ** ((compression >> 10) & 31),
  };
}

/** The types of the records in an extra area. */
function extrasOf(bytes: Uint8Array, from: number, end: number): ReadonlySet<number> {
  const types = new Set<number>();
  const cursor = cursorOf(bytes, from, end);
  while (cursor.at() < end) {
    const size = cursor.number();
    const next = cursor.at() + size;
    if (size < 1 || next > end) throw new Misfit('extra area');
    types.add(cursor.number());
    cursor.skip(next - cursor.at());
  }
  return types;
}
