// The end of a ZIP (APPNOTE 4.3.14 to 4.3.16): bytes in; where the central directory lies and how many entries it has
// out. Stricter than readers are: nothing may stand between, behind, or be said twice in two ways.

import { type Refusal, refuse } from './reasons.ts';
import { bufferOf } from './walk.ts';

const END = Buffer.from('PK\x05\x06', 'latin1');
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;

export interface Directory {
  readonly ok: true;
  readonly start: number;
  readonly end: number;
  readonly entries: number;
}

/** Finds the central directory. */
export function readEnd(bytes: Uint8Array): Directory | Refusal {
  const buffer = bufferOf(bytes);
  const at = buffer.lastIndexOf(END);
  if (at < 0 || at + 22 > buffer.length) return refuse('truncated', 'no end of central directory');
  const behind = at + 22 + buffer.readUInt16LE(at + 20);
  if (behind > buffer.length) return refuse('truncated', 'archive comment');
  if (behind < buffer.length) return refuse('trailing-data', `${buffer.length - behind} bytes behind the archive`);

  const disks = buffer.readUInt16LE(at + 4) | buffer.readUInt16LE(at + 6);
  const wide = at >= 20 && buffer.readUInt32LE(at - 20) === LOCATOR64;
  if (disks !== 0 && !(wide && disks === 0xffff)) return refuse('archive-volume', 'disk number');
  const here = buffer.readUInt16LE(at + 8);
  const plain = {
    entries: buffer.readUInt16LE(at + 10),
    size: buffer.readUInt32LE(at + 12),
    start: buffer.readUInt32LE(at + 16),
  };
  if (here !== plain.entries) return refuse('archive-mismatch', 'two counts of entries');

  const found = wide ? widen(buffer, at, plain) : { ...plain, end: at };
  if (found === null) return refuse('damaged', 'ZIP64 end of central directory');
  if (found.start + found.size !== found.end) return refuse('archive-mismatch', 'place of the central directory');
  return { ok: true, start: found.start, end: found.end, entries: found.entries };
}

interface Plain {
  readonly entries: number;
  readonly size: number;
  readonly start: number;
}

/** The ZIP64 record, which must stand right before its locator and agree with what the short record still says. */
function widen(buffer: Buffer, at: number, plain: Plain): (Plain & { readonly end: number }) | null {
  const record = Number(buffer.readBigUInt64LE(at - 12));
  if (record + 56 > at - 20 || buffer.readUInt32LE(record) !== END64) return null;
  if (record + 12 + Number(buffer.readBigUInt64LE(record + 4)) !== at - 20) return null;
  const wide = {
    entries: Number(buffer.readBigUInt64LE(record + 32)),
    size: Number(buffer.readBigUInt64LE(record + 40)),
    start: Number(buffer.readBigUInt64LE(record + 48)),
  };
  const agrees = (short: number, full: number, mark: number) => short === full || short === mark;
  const same =
    agrees(plain.entries, wide.entries, 0xffff) &&
    agrees(plain.size, wide.size, 0xffffffff) &&
    agrees(plain.start, wide.start, 0xffffffff) &&
    Number(buffer.readBigUInt64LE(record + 24)) === wide.entries;
  return same ? { ...wide, end: record } : null;
}
