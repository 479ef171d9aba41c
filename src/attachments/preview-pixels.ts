// The pixels of a BMP, for its preview: a file that bmp.ts found whole in; rows of RGB out, one after the other in the
// order they are stored in, so that no more than one row is ever held (a 6 MB file can hold 50 million pixels).

import { rleRows } from './preview-rle.ts';
import { viewOf } from './walk.ts';

export interface BmpRows {
  readonly width: number;
  readonly height: number;
  /** The first row that comes is the picture's highest. */
  readonly topDown: boolean;
  /** Each row is overwritten by the next. */
  readonly rows: Iterable<Uint8Array>;
}

/** Reads the row that begins at `from` into `row`. A whole row at a time, for a call a pixel takes seconds. */
type Reader = (from: number, row: Uint8Array) => void;

const OS2_HEADER = 12;
const COMPRESSED = { rle8: 1, rle4: 2, rle24: 4 };
const BITFIELDS = [3, 6];

/** Reads a BMP that walkBmp took. */
export function bmpRows(bytes: Uint8Array): BmpRows {
  const view = viewOf(bytes);
  const os2 = view.getUint32(14, true) === OS2_HEADER;
  const width = os2 ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = os2 ? view.getUint16(20, true) : view.getInt32(22, true);
  const depth = view.getUint16(os2 ? 24 : 28, true);
  const compression = os2 ? 0 : view.getUint32(30, true);
  const from = view.getUint32(10, true);
  const grid = { depth, width, height: Math.abs(height) };
  const palette = depth <= 8 ? paletteOf(bytes, from, os2) : new Uint8Array();
  const rows = Object.values(COMPRESSED).includes(compression)
    ? rleRows(bytes, from, grid, palette)
    : plainRows(from, grid, readerOf(bytes, depth, palette, BITFIELDS.includes(compression)));
  return { width, height: grid.height, topDown: height < 0, rows };
}

/** 256 colours as RGB; those that the file does not name are black. OS/2 writes three bytes a colour, Windows four. */
function paletteOf(bytes: Uint8Array, pixels: number, os2: boolean): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  const size = os2 ? 3 : 4;
  const start = 14 + viewOf(bytes).getUint32(14, true);
  const colours = Math.min(256, Math.floor((pixels - start) / size));
  for (let i = 0; i < colours; i++) putBgr(palette, i * 3, bytes, start + i * size);
  return palette;
}

function* plainRows(from: number, { depth, width, height }: Grid, read: Reader): Generator<Uint8Array> {
  const row = new Uint8Array(width * 3);
  // rows begin at multiples of four bytes
  const stride = Math.ceil((width * depth) / 32) * 4;
  for (let y = 0; y < height; y++) {
    read(from + y * stride, row);
    yield row;
  }
}

interface Grid {
  readonly depth: number;
  readonly width: number;
  readonly height: number;
}

function readerOf(bytes: Uint8Array, depth: number, palette: Uint8Array, masked: boolean): Reader {
  if (depth <= 8) return indexed(bytes, depth, palette);
  const step = depth / 8;
  if (depth === 24 || (depth === 32 && !masked))
    return (from, row) => {
      for (let to = 0, at = from; to < row.length; to += 3, at += step) putBgr(row, to, bytes, at);
    };
  const view = viewOf(bytes);
  // without masks 16 bits are 5 each
  const masks = masked ? [54, 58, 62].map((at) => view.getUint32(at, true)) : [0x7c00, 0x3e0, 0x1f];
  const channels = masks.map(channel);
  return (from, row) => {
    for (let to = 0, at = from; to < row.length; at += step) {
      const pixel = depth === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (const brightness of channels) row[to++] = brightness(pixel);
    }
  };
}

/** 1, 2, 4 or 8 bits a pixel, the leftmost in the highest bits. */
function indexed(bytes: Uint8Array, depth: number, palette: Uint8Array): Reader {
  const mask = 2 ** depth - 1;
  return (from, row) => {
    for (let to = 0, bit = 0; to < row.length; to += 3, bit += depth) {
      const colour = (((bytes[from + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask) * 3;
      row[to] = palette[colour] ?? 0;
      row[to + 1] = palette[colour + 1] ?? 0;
      row[to + 2] = palette[colour + 2] ?? 0;
    }
  };
}

/** The brightness that a mask cuts out of a pixel, stretched to 0–255; a mask without bits gives darkness. */
function channel(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

function putBgr(to: Uint8Array, at: number, bytes: Uint8Array, from: number): void {
  to[at] = bytes[from + 2] ?? 0;
  to[at + 1] = bytes[from + 1] ?? 0;
  to[at + 2] = bytes[from] ?? 0;
}
