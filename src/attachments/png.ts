// PNG (RFC 2083, PNG specification 3rd edition): bytes in, a walk over the chunks out. Lengths, order, CRC of every
// chunk, the header's legal combinations and the start of the zlib stream; pixels are not decoded.

import { constants, crc32, inflateSync } from 'node:zlib';
import { refuse } from './reasons.ts';
import { type Frame, holds, measure, viewOf, type Walk } from './walk.ts';

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

/** Bit depths by colour type (table 12 of the specification). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** What deflate can make of one byte at the most; fewer compressed bytes cannot hold the picture. */
const DEFLATE_RATIO = 1032;
const CHUNK_NAME = /^[A-Za-z]{4}$/;

/** Walks a PNG. */
export function walkPng(bytes: Uint8Array, limits: Frame): Walk {
  const view = viewOf(bytes);
  const damaged = (detail: string) => refuse('damaged', detail);
  if (!holds(bytes, 0, PNG_SIGNATURE)) return damaged('no PNG signature');

  let width = 0;
  let height = 0;
  let colour = -1;
  let depth = 0;
  let palette = false;
  let packed = 0;
  let start: Uint8Array | null = null;
  let dataEnded = false;

  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) return refuse('truncated', 'no IEND chunk');
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const next = at + 12 + length;
    if (!CHUNK_NAME.test(name)) return damaged('a chunk without a name');
    if (next > bytes.length) return refuse('truncated', `chunk ${name} is longer than the file`);
    if (crc32(bytes.subarray(at + 4, next - 4)) !== view.getUint32(next - 4)) return damaged(`CRC of chunk ${name}`);
    if (at === 8 && name !== 'IHDR') return damaged('the first chunk is not IHDR');
    if (name !== 'IDAT' && packed > 0) dataEnded = true;

    if (name === 'IHDR') {
      if (at !== 8 || length !== 13) return damaged('IHDR');
      width = view.getUint32(16);
      height = view.getUint32(20);
      depth = bytes[24] ?? 0;
      colour = bytes[25] ?? -1;
      const [compression, filter, interlace] = bytes.subarray(26, 29);
      if (!DEPTHS[colour]?.includes(depth)) return damaged(`colour type ${colour} at ${depth} bits`);
      if (compression !== 0 || filter !== 0 || (interlace ?? 2) > 1) return damaged('IHDR methods');
      const size = measure(width, height, limits);
      if (size) return size;
    } else if (name === 'PLTE') {
      if (palette || packed > 0 || length === 0 || length % 3 !== 0 || length > 768) return damaged('PLTE');
      if (colour === 0 || colour === 4) return damaged('a palette in a grey picture');
      palette = true;
    } else if (name === 'IDAT') {
      if (dataEnded) return damaged('IDAT chunks are not together');
      if (colour === 3 && !palette) return damaged('no palette');
      if (start === null && length > 0) start = bytes.subarray(at + 8, next - 4);
      packed += length;
    } else if (name === 'IEND') {
      if (length !== 0) return damaged('IEND');
      const raw = Math.ceil((width * depth * (SAMPLES[colour] ?? 1)) / 8) * height;
      if (packed === 0 || start === null) return damaged('no picture data');
      if (packed * DEFLATE_RATIO < raw) return damaged('too little picture data for its dimensions');
      if (!startsZlib(start)) return damaged('picture data is no zlib stream');
      return { ok: true, type: 'png', width, height, end: next };
    } else if (isCritical(name)) return damaged(`unknown critical chunk ${name}`);
    at = next;
  }
}

/** Ancillary chunks begin with a lower-case letter (bit 5 of the first byte). */
function isCritical(name: string): boolean {
  return name.charCodeAt(0) < 0x60;
}

/** Inflates a first piece, at most 2 KB in and so about 2 MB out: enough to tell a zlib stream from anything else. */
function startsZlib(data: Uint8Array): boolean {
  try {
    inflateSync(data.subarray(0, 2048), { finishFlush: constants.Z_SYNC_FLUSH });
    return true;
  } catch {
    return false;
  }
}
