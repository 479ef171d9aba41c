// ZIP (APPNOTE 6.3) on yauzl: bytes in, every entry with its bytes to the visitor, a refusal or null out. yauzl reads the
// directory; that entries lie end to end, are described alike twice and unpack to what they claim is checked here.

import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { type EntryName, zipName } from './entry-name.ts';
import { oversize } from './oversize.ts';
import type { Policy } from './policy.ts';
import { type Refusal, refuse } from './reasons.ts';
import type { Visit } from './visit.ts';
import { bufferOf } from './walk.ts';
import { readEnd } from './zip-end.ts';
import { placeOf } from './zip-local.ts';

const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
const STORED = 0;
const DEFLATED = 8;
const AES = 99;
/** The ZIP64 field holds the number. */
const IN_ZIP64 = 0xffff;
const MADE_ON_UNIX = [3, 19];
const FILE_TYPE = 0o170000;
/** Link, and the two kinds of device. Info-ZIP marks what it read from a pipe as a pipe; that is a file like any other. */
const LINKS = [0o120000, 0o020000, 0o060000];

/** Reads a ZIP within the policy's limits. */
export async function readZip(bytes: Uint8Array, policy: Policy, visit: Visit): Promise<Refusal | null> {
  const directory = readEnd(bytes);
  if (!directory.ok) return directory;
  if (directory.entries > policy.archiveEntries) return refuse('archive-entries', `${directory.entries} entries`);
  try {
    const buffer = bufferOf(bytes);
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false });
    const entries = await Array.fromAsync(zip.eachEntry());
    const refused =
      directoryFills(entries, directory.end - directory.start) ??
      volumes(buffer, entries, directory.start) ??
      methods(entries);
    if (refused) return refused;
    const placed = await place(buffer, zip, entries, directory.start);
    return Array.isArray(placed) ? (sizes(placed, policy) ?? unpack(buffer, placed, visit)) : placed;
  } catch (error) {
    // yauzl throws for every broken header, with a sentence that says which.
    const detail = error instanceof Error ? error.message.slice(0, 120) : null;
    return refuse(/encrypt/.test(detail ?? '') ? 'encrypted' : 'damaged', detail);
  }
}

function directoryFills(entries: readonly Entry[], size: number): Refusal | null {
  const used = entries.reduce((sum, entry) => sum + recordLength(entry), 0);
  return used === size ? null : refuse('archive-mismatch', 'size of the central directory');
}

const recordLength = (entry: Entry) => 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;

/** The volume that an entry says it begins in (4.4.11), which yauzl skips: unar looks for it and finds nothing. */
function volumes(buffer: Buffer, entries: readonly Entry[], start: number): Refusal | null {
  let at = start;
  for (const entry of entries) {
    const volume = buffer.readUInt16LE(at + 34);
    if (volume !== 0 && volume !== IN_ZIP64) return refuse('archive-volume', `an entry of volume ${volume}`);
    at += recordLength(entry);
  }
  return null;
}

/** What the directory says of how the entries are packed. */
function methods(entries: readonly Entry[]): Refusal | null {
  for (const entry of entries) {
    if (entry.generalPurposeBitFlag & ENCRYPTED || entry.compressionMethod === AES) return refuse('encrypted');
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
      return refuse('archive-method', `method ${entry.compressionMethod}`);
  }
  return null;
}

interface Placed {
  readonly entry: Entry;
  readonly name: EntryName;
  readonly start: number;
}

/** Steps through the file in its own order, so that no byte before the directory belongs to nobody or to two. */
async function place(
  buffer: Buffer,
  zip: ZipFile,
  entries: readonly Entry[],
  behind: number,
): Promise<Placed[] | Refusal> {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  const placed: Placed[] = [];
  let at = 0;
  for (const entry of inOrder) {
    if (entry.relativeOffsetOfLocalHeader !== at)
      return at === 0 ? refuse('trailing-data', 'bytes before the first entry') : refuse('archive-overlap');
    const found = placeOf(buffer, entry, await zip.readLocalFileHeaderPromise(entry));
    if (!found.ok) return found;
    const name = zipName(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields);
    placed.push({ entry, name, start: found.start });
    at = found.end;
  }
  return at === behind ? placed : refuse('archive-overlap', 'bytes between the last entry and the directory');
}

/** Before anything is unpacked: what all entries together claim to be. */
function sizes(placed: readonly Placed[], policy: Policy): Refusal | null {
  const total = placed.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  const names = placed.filter(({ entry }) => kindOf(entry) === 'file').map(({ name }) => name);
  return total > policy.archiveBytes ? oversize(names, policy.archiveBytes) : null;
}

function unpack(buffer: Buffer, placed: readonly Placed[], visit: Visit): Refusal | null {
  for (const { entry, name, start } of placed) {
    const bytes = contentOf(buffer.subarray(start, start + entry.compressedSize), entry);
    if (!(bytes instanceof Uint8Array)) return bytes;
    visit({ name, kind: kindOf(entry), bytes });
  }
  return null;
}

function contentOf(packed: Buffer, entry: Entry): Uint8Array | Refusal {
  const content = entry.compressionMethod === STORED ? packed : inflate(packed, entry.uncompressedSize);
  if (content === null || content.length !== entry.uncompressedSize) return refuse('damaged', 'size of an entry');
  return crc32(content) === entry.crc32 ? content : refuse('damaged', 'CRC of an entry');
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Never makes more than `size` bytes, whatever the data would make; null where it makes less or ends elsewhere. */
function inflate(packed: Buffer, size: number): Uint8Array | null {
  try {
    const options = { maxOutputLength: size + 1, chunkSize: Math.min(Math.max(size + 1, 1024), 1 << 20), info: true };
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as Inflated;
    return engine.bytesWritten === packed.length ? buffer : null;
  } catch {
    return null;
  }
}

function kindOf(entry: Entry): 'file' | 'folder' | 'link' {
  const mode = MADE_ON_UNIX.includes(entry.versionMadeBy >> 8) ? (entry.externalFileAttributes >>> 16) & FILE_TYPE : 0;
  if (LINKS.includes(mode)) return 'link';
  const last = entry.fileNameRaw.at(-1);
  return last === 0x2f || (last === 0x5c && entry.uncompressedSize === 0) ? 'folder' : 'file';
}
