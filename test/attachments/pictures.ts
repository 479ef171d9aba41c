// The smallest pictures that every viewer opens, made for tests: dimensions in, bytes out.

import { crc32, deflateSync } from 'node:zlib';

export function bytes(...parts: (string | number[] | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
}

const u16 = (n: number) => [n >> 8, n & 255];
const u32 = (n: number) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
const le16 = (n: number) => [n & 255, n >> 8];
const le32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24];

export function segment(marker: number, body: Uint8Array | number[]): Buffer {
  return bytes([0xff, marker], u16(body.length + 2), body);
}

/** Grey, one component, all coefficients zero. `extra` goes behind SOI, `scan` is the entropy-coded data. */
export function jpeg(width = 8, height = 8, extra: Uint8Array = bytes(), scan = [0x3f]): Buffer {
  return bytes(
    [0xff, 0xd8],
    extra,
    segment(0xdb, [0, ...new Array<number>(64).fill(1)]),
    segment(0xc0, [8, ...u16(height), ...u16(width), 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, 1, ...new Array<number>(15).fill(0), 0]),
    segment(0xc4, [0x10, 1, ...new Array<number>(15).fill(0), 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    scan,
    [0xff, 0xd9],
  );
}

export function chunk(name: string, body: Uint8Array | number[]): Buffer {
  const named = bytes(name, body);
  return bytes(u32(body.length), named, u32(crc32(named)));
}

export const PNG_HEAD = '\x89PNG\r\n\x1a\n';

/** Grey, 8 bits, black; `data` replaces the compressed pixels. */
export function png(width = 4, height = 4, data: Uint8Array = deflateSync(Buffer.alloc((width + 1) * height))): Buffer {
  return bytes(
    PNG_HEAD,
    chunk('IHDR', [...u32(width), ...u32(height), 8, 0, 0, 0, 0]),
    chunk('IDAT', data),
    chunk('IEND', []),
  );
}

/** Two colours, one pixel a frame. */
export function gif(width = 1, height = 1, frames = 1): Buffer {
  const frame = bytes([0x2c], le16(0), le16(0), le16(1), le16(1), [0, 2, 2, 0x44, 1, 0]);
  return bytes(
    'GIF89a',
    le16(width),
    le16(height),
    [0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    ...new Array<Buffer>(frames).fill(frame),
    [0x3b],
  );
}

export interface BmpOptions {
  readonly depth?: number;
  readonly compression?: number;
  readonly pixels?: Uint8Array;
  readonly fileSize?: number;
}

/** Windows 3 header; a negative height is stored from the top down. */
export function bmp(width = 4, height = 4, { depth = 24, compression = 0, pixels, fileSize }: BmpOptions = {}): Buffer {
  const palette = depth <= 8 ? Buffer.alloc(4 * 2 ** depth) : Buffer.alloc(0);
  const data = pixels ?? Buffer.alloc(Math.ceil((width * depth) / 32) * 4 * Math.abs(height));
  const start = 54 + palette.length;
  return bytes(
    'BM',
    le32(fileSize ?? start + data.length),
    le32(0),
    le32(start),
    le32(40),
    le32(width),
    le32(height),
    le16(1),
    le16(depth),
    le32(compression),
    le32(0),
    le32(2835),
    le32(2835),
    le32(0),
    le32(0),
    palette,
    data,
  );
}

/** Whole numbers below `limit`, the same in every run of a seed. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
