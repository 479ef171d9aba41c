// Mutations of a good file: flips, cuts, splices of two files, lying lengths, and for formats whose headers carry a CRC
// a mended CRC, so that the checks behind it are reached. Seeded: the same seed makes the same files.

import { crc32 } from 'node:zlib';

export type Random = (below: number) => number;

/** Whole numbers from 0 to below `below` (mulberry32). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Mutation = (bytes: Buffer, next: Random, other: Buffer) => Buffer;

const LYING = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** Early bytes are headers more often than late ones. */
function at(bytes: Buffer, next: Random): number {
  return next(next(3) === 0 ? Math.min(bytes.length, 64) : bytes.length);
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, next) => {
    const i = at(bytes, next);
    bytes[i] = (bytes[i] ?? 0) ^ (1 << next(8));
    return bytes;
  },
  (bytes, next) => {
    bytes[at(bytes, next)] = next(256);
    return bytes;
  },
  (bytes, next) => bytes.subarray(0, next(bytes.length)),
  (bytes, next, other) => Buffer.concat([bytes.subarray(0, next(bytes.length)), other.subarray(next(other.length))]),
  (bytes, next) => {
    const i = Math.min(at(bytes, next), Math.max(0, bytes.length - 4));
    const lie = LYING[next(LYING.length)] ?? 0;
    const value = Buffer.alloc(4);
    if (next(2)) value.writeUInt32LE(lie);
    else value.writeUInt32BE(lie);
    value.copy(bytes, i, 0, next(2) ? 4 : 2);
    return bytes;
  },
  (bytes, next) => {
    const i = at(bytes, next);
    return Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 1 + next(8))]);
  },
  (bytes, next) => {
    const i = at(bytes, next);
    const from = next(bytes.length);
    return Buffer.concat([bytes.subarray(0, i), bytes.subarray(from, from + 1 + next(32)), bytes.subarray(i)]);
  },
  (bytes, next, other) => Buffer.concat([bytes, other.subarray(next(other.length))]),
];

/** A mutant of one of the good files of a format: one to three mutations, half of the time with CRCs mended. */
export function mutant(format: string, good: readonly Buffer[], next: Random): Buffer {
  const pick = () => Buffer.from(good[next(good.length)] ?? Buffer.alloc(1));
  let bytes = pick();
  for (let n = 1 + next(3); n > 0 && bytes.length > 0; n--)
    bytes = Buffer.from((MUTATIONS[next(MUTATIONS.length)] ?? ((b) => b))(bytes, next, pick()));
  return next(2) ? bytes : (MENDERS[format]?.(bytes) ?? bytes);
}

const MENDERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { png: mendPng, rar4: mendRar4, rar5: mendRar5 };

function mendPng(bytes: Buffer): Buffer {
  for (let i = 8; i + 12 <= bytes.length; ) {
    const end = i + 8 + bytes.readUInt32BE(i);
    if (end + 4 > bytes.length) break;
    bytes.writeUInt32BE(crc32(bytes.subarray(i + 4, end)), end);
    i = end + 4;
  }
  return bytes;
}

function mendRar4(bytes: Buffer): Buffer {
  for (let i = 7; i + 7 <= bytes.length; ) {
    const size = bytes.readUInt16LE(i + 5);
    if (size < 7 || i + size > bytes.length) break;
    bytes.writeUInt16LE(crc32(bytes.subarray(i + 2, i + size)) & 0xffff, i);
    i += size + (bytes[i + 2] === 0x74 && i + 11 <= bytes.length ? bytes.readUInt32LE(i + 7) : 0);
  }
  return bytes;
}

/** Headers of the seeds are shorter than 128 bytes: their size is one byte, as is the size of their data. */
function mendRar5(bytes: Buffer): Buffer {
  for (let i = 8; i + 8 <= bytes.length; ) {
    const end = i + 5 + (bytes[i + 4] ?? 0);
    if (end > bytes.length) break;
    bytes.writeUInt32LE(crc32(bytes.subarray(i + 4, end)), i);
    i = end + (bytes[i + 5] === 2 ? (bytes[i + 7] ?? 0) : 0);
  }
  return bytes;
}
