// GIF87a and GIF89a: bytes in, a walk over the blocks to the trailer out. Frames are counted and measured, LZW data is
// stepped over sub-block by sub-block and not decoded.

import { type Refusal, refuse } from './reasons.ts';
import { type Frame, holds, measure, viewOf, type Walk } from './walk.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
/** Ends a chain of sub-blocks; many encoders write one more before the next block or the trailer, and every viewer skips it. */
const TERMINATOR = 0;
/** LZW starts at 2 to 8 bits (specification, section 22); encoders of bilevel pictures write 1. */
const CODE_SIZES = { least: 1, most: 8 };

/** Left, top, width and height of a frame, pixels. */
type Placed = [number, number, number, number];

const cut = (detail: string): Refusal => refuse('truncated', detail);

/** Walks a GIF. */
export function walkGif(bytes: Uint8Array, limits: Frame): Walk {
  if (!holds(bytes, 0, 'GIF87a') && !holds(bytes, 0, 'GIF89a')) return refuse('damaged', 'no GIF signature');
  if (bytes.length < 13) return cut('no logical screen');
  const view = viewOf(bytes);
  const width = view.getUint16(6, true);
  const height = view.getUint16(8, true);
  const size = measure(width, height, limits);
  if (size) return size;

  let frames = 0;
  // A viewer that widens its canvas to frames outside of the screen needs memory for all that lies between.
  let right = width;
  let bottom = height;
  for (let at = 13 + tableLength(bytes[10] ?? 0); ; ) {
    const block = bytes[at];
    if (block === undefined) return cut('no trailer');
    if (block === TERMINATOR) {
      at++;
      continue;
    }
    if (block === TRAILER) {
      if (frames === 0) return refuse('damaged', 'no picture in the file');
      return { ok: true, type: 'gif', width, height, end: at + 1 };
    }
    let data = at + 2;
    if (block === IMAGE) {
      if (at + 11 > bytes.length) return cut('no image descriptor');
      if (++frames > limits.frames) return refuse('too-many-frames', `more than ${limits.frames}`);
      const [left, top, across, down] = [1, 3, 5, 7].map((field) => view.getUint16(at + field, true)) as Placed;
      right = Math.max(right, left + across);
      bottom = Math.max(bottom, top + down);
      const frame = measure(across, down, limits) ?? measure(right, bottom, limits);
      if (frame) return frame;
      data = at + 10 + tableLength(bytes[at + 9] ?? 0);
      const codeSize = bytes[data] ?? 0;
      if (codeSize < CODE_SIZES.least || codeSize > CODE_SIZES.most)
        return refuse('damaged', `LZW of ${codeSize} bits`);
      data++;
      if (bytes[data] === 0) return refuse('damaged', 'a frame without data');
    } else if (block !== EXTENSION) return refuse('damaged', `block 0x${block.toString(16)}`);
    at = behindSubBlocks(bytes, data);
    if (at < 0) return cut('sub-blocks do not end');
  }
}

/** Bytes of a colour table, by the packed field of the descriptor before it. */
function tableLength(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

/** The offset behind a chain of sub-blocks and its terminator, -1 where the file ends before. */
function behindSubBlocks(bytes: Uint8Array, from: number): number {
  for (let at = from; ; ) {
    const length = bytes[at];
    if (length === undefined) return -1;
    at += length + 1;
    if (length === 0) return at;
  }
}
