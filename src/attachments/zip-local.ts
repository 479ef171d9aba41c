// The local header of a ZIP entry and the descriptor behind its data (APPNOTE 4.3.7, 4.3.9) against the central
// directory: where the data lies and where the entry ends out. Programs believe one or the other, so both must agree.

import { type Entry, type LocalFileHeader, parseExtraFields } from 'yauzl';
import { type Refusal, refuse } from './reasons.ts';

const DESCRIPTOR_FLAG = 0x0008;
const UTF8_FLAG = 0x0800;
const DESCRIPTOR = 0x08074b50;
const ZIP64 = 0x0001;
const WIDE = 0xffffffff;

export interface Place {
  readonly ok: true;
  readonly start: number;
  readonly end: number;
}

/** Where an entry lies, or in which point its two descriptions differ. */
export function placeOf(buffer: Buffer, entry: Entry, local: LocalFileHeader): Place | Refusal {
  const differs = (detail: string) => refuse('archive-mismatch', detail);
  if (!local.fileName.equals(entry.fileNameRaw)) return differs('two names for an entry');
  if (local.compressionMethod !== entry.compressionMethod) return differs('two methods for an entry');
  const flags = local.generalPurposeBitFlag ^ entry.generalPurposeBitFlag;
  if (flags & (DESCRIPTOR_FLAG | UTF8_FLAG | 1)) return differs('two sets of flags for an entry');

  const start = local.fileDataStart;
  const behind = start + entry.compressedSize;
  if (behind > buffer.length) return refuse('truncated', 'an entry is longer than the file');
  const sizes = localSizes(local);
  if (sizes === null) return refuse('damaged', 'extra fields of an entry');
  const streamed = (entry.generalPurposeBitFlag & DESCRIPTOR_FLAG) !== 0;
  // A writer that streams leaves zeros where it does not know yet, and says the numbers behind the data.
  const same = (mine: number, its: number) => mine === its || (streamed && mine === 0);
  if (
    !same(local.crc32, entry.crc32) ||
    !same(sizes.packed, entry.compressedSize) ||
    !same(sizes.unpacked, entry.uncompressedSize)
  )
    return differs('sizes or CRC of an entry');
  if (!streamed) return { ok: true, start, end: behind };
  const length = descriptorLength(buffer, behind, entry);
  return length > 0 ? { ok: true, start, end: behind + length } : differs('data descriptor of an entry');
}

/** Sizes of the local header, from its ZIP64 field where the short ones say so; null where the fields are broken. */
function localSizes(local: LocalFileHeader): { packed: number; unpacked: number } | null {
  const fields = extraFields(local.extraField);
  if (fields === null) return null;
  const wide = fields.filter(({ id }) => id === ZIP64);
  if (wide.length > 1) return null;
  let { compressedSize: packed, uncompressedSize: unpacked } = local;
  if (packed !== WIDE && unpacked !== WIDE) return { packed, unpacked };
  // The field holds only those numbers whose short form is full, in this order (4.5.3).
  const data = wide[0]?.data ?? Buffer.alloc(0);
  const at = unpacked === WIDE ? 8 : 0;
  if (data.length < at + (packed === WIDE ? 8 : 0)) return null;
  if (unpacked === WIDE) unpacked = Number(data.readBigUInt64LE(0));
  if (packed === WIDE) packed = Number(data.readBigUInt64LE(at));
  return { packed, unpacked };
}

function extraFields(bytes: Buffer): readonly { id: number; data: Buffer }[] | null {
  try {
    return parseExtraFields(bytes);
  } catch {
    return null;
  }
}

/** Bytes of the descriptor that says the directory's numbers: with or without signature, sizes of 4 or 8 bytes; 0: none. */
function descriptorLength(buffer: Buffer, at: number, entry: Entry): number {
  for (const mark of [4, 0])
    for (const width of [4, 8]) {
      const length = mark + 4 + 2 * width;
      if (at + length > buffer.length) continue;
      if (mark && buffer.readUInt32LE(at) !== DESCRIPTOR) continue;
      const size = (where: number) =>
        width === 4 ? buffer.readUInt32LE(where) : Number(buffer.readBigUInt64LE(where));
      const crc = at + mark;
      if (
        buffer.readUInt32LE(crc) === entry.crc32 &&
        size(crc + 4) === entry.compressedSize &&
        size(crc + 4 + width) === entry.uncompressedSize
      )
        return length;
    }
  return 0;
}
