// ZIP and stored RAR archives made for tests, right by default, and wrong in one point where a test asks for it.

import { crc32, deflateRawSync } from 'node:zlib';
import { bytes } from './pictures.ts';

export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  readonly store?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly localName?: string;
  readonly declaredSize?: number;
  readonly crc?: number;
  /** Unix mode; the entry then says it was made on Unix. */
  readonly mode?: number;
  /** Bytes of nobody behind the entry's data. */
  readonly gap?: Uint8Array;
}

/** A ZIP of these entries with a comment. */
export function zip(entries: readonly ZipEntry[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = typeof entry.name === 'string' ? Buffer.from(entry.name) : Buffer.from(entry.name);
    const local = entry.localName === undefined ? name : Buffer.from(entry.localName);
    const data = Buffer.from(entry.data ?? Buffer.alloc(0));
    const packed = entry.store ? data : deflateRawSync(data);
    const common = Buffer.alloc(22);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0, 2);
    common.writeUInt16LE(entry.method ?? (entry.store ? 0 : 8), 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(entry.crc ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.declaredSize ?? data.length, 18);
    const lengths = (length: number) => [length & 255, length >> 8];
    const piece = bytes('PK\x03\x04', common, lengths(local.length), [0, 0], local, packed, entry.gap ?? bytes());
    const rest = Buffer.alloc(14);
    if (entry.mode !== undefined) rest.writeUInt32LE((entry.mode << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    central.push(
      bytes('PK\x01\x02', [20, entry.mode === undefined ? 0 : 3], common, lengths(name.length), [0, 0], rest, name),
    );
    locals.push(piece);
    at += piece.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(comment.length, 16);
  return bytes(...locals, directory, 'PK\x05\x06', end, comment);
}

export interface RarEntry {
  readonly name: string;
  readonly data?: Uint8Array;
  readonly declaredSize?: number;
  readonly crc?: number;
  readonly flags?: number;
  /** Unix mode of a RAR 4 entry. */
  readonly mode?: number;
  /** Attributes of MS-DOS of a RAR 4 entry. */
  readonly attributes?: number;
  /** Version that is needed to unpack a RAR 4 entry, 20 by default. */
  readonly version?: number;
  /** A comment inside the header of a RAR 4 entry, as RAR before 3.0 puts it. */
  readonly comment?: string;
}

/** `inside` stands in the header behind what its CRC is of. */
export function block4(type: number, flags: number, body: Uint8Array, inside: Uint8Array = bytes()): Buffer {
  const head = Buffer.alloc(7);
  head[2] = type;
  head.writeUInt16LE(flags, 3);
  head.writeUInt16LE(7 + body.length + inside.length, 5);
  const whole = Buffer.concat([head, body]);
  whole.writeUInt16LE(crc32(whole.subarray(2)) & 0xffff, 0);
  return Buffer.concat([whole, inside]);
}

/** A stored comment as RAR before 3.0 writes it. */
export function comment4(text: string): Buffer {
  const words = Buffer.from(text, 'latin1');
  const body = Buffer.alloc(6);
  body.writeUInt16LE(words.length, 0);
  body[2] = 15;
  body[3] = 0x30;
  body.writeUInt16LE(crc32(words) & 0xffff, 4);
  return block4(0x75, 0, body, words);
}

/** A stored RAR of generation 4; `comment` stands inside its main header, `behind` are blocks behind that. */
export function rar4(entries: readonly RarEntry[], mainFlags = 0, comment?: string, behind = bytes()): Buffer {
  const files = entries.map((entry) => {
    const data = Buffer.from(entry.data ?? Buffer.alloc(0));
    const name = Buffer.from(entry.name, 'latin1');
    const body = Buffer.alloc(25);
    body.writeUInt32LE(data.length, 0);
    body.writeUInt32LE(entry.declaredSize ?? data.length, 4);
    body[8] = entry.mode === undefined ? 2 : 3;
    body.writeUInt32LE(entry.crc ?? crc32(data), 9);
    body[17] = entry.version ?? 20;
    body[18] = 0x30;
    body.writeUInt16LE(name.length, 19);
    body.writeUInt32LE(entry.mode ?? entry.attributes ?? 0x20, 21);
    const inside = entry.comment === undefined ? bytes() : comment4(entry.comment);
    const flags = 0x8000 | (entry.flags ?? 0) | (inside.length > 0 ? 8 : 0);
    return Buffer.concat([block4(0x74, flags, Buffer.concat([body, name]), inside), data]);
  });
  const inside = comment === undefined ? bytes() : comment4(comment);
  const main = block4(0x73, mainFlags | (inside.length > 0 ? 2 : 0), Buffer.alloc(6), inside);
  return bytes('Rar!\x1a\x07\x00', main, behind, ...files, block4(0x7b, 0x4000, bytes()));
}

/** A number as RAR 5 writes it. */
export function vint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...vint(Math.floor(value / 128))];
}

function block5(body: number[]): Buffer {
  const sized = Buffer.from([...vint(body.length), ...body]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(sized));
  return Buffer.concat([crc, sized]);
}

export interface Rar5Entry extends RarEntry {
  /** Records of the extra area, each with its type first. */
  readonly extra?: readonly number[][];
  readonly folder?: boolean;
  /** Compression information, 0 for stored. */
  readonly compression?: number;
}

/** A stored RAR of generation 5. */
export function rar5(entries: readonly Rar5Entry[], mainFlags = 0): Buffer {
  const files = entries.map((entry) => {
    const data = Buffer.from(entry.data ?? Buffer.alloc(0));
    const crc = Buffer.alloc(4);
    crc.writeUInt32LE(entry.crc ?? crc32(data));
    const name = [...Buffer.from(entry.name)];
    const extra = (entry.extra ?? []).flatMap((record) => [...vint(record.length), ...record]);
    const flags = 0x0002 | (extra.length > 0 ? 0x0001 : 0) | (entry.flags ?? 0);
    const head = [2, flags, ...(extra.length > 0 ? vint(extra.length) : []), ...vint(data.length)];
    const file = [entry.folder ? 0x0005 : 0x0004, ...vint(entry.declaredSize ?? data.length), 0x20, ...crc];
    const tail = [...vint(entry.compression ?? 0), 0, ...vint(name.length), ...name, ...extra];
    return Buffer.concat([block5([...head, ...file, ...tail]), data]);
  });
  return bytes('Rar!\x1a\x07\x01\x00', block5([1, 0, mainFlags]), ...files, block5([5, 0, 0]));
}
