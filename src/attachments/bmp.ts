// BMP (Windows 3 to V5, OS/2 1 and 2): bytes in, a walk over the headers out. Headers are held against each other and
// against the file's size; RLE data is stepped through in bmp-rle.ts; no pixels are decoded.

import { endOfRle } from './bmp-rle.ts';
import { refuse } from './reasons.ts';
import { type Frame, holds, measure, viewOf, type Walk } from './walk.ts';

/** Sizes of the second header: OS/2 1, Windows 3, with masks, with alpha mask, OS/2 2, V4, V5. */
const HEADERS = [12, 40, 52, 56, 64, 108, 124];
const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const RLE24 = 4;
const ALPHA_BITFIELDS = 6;

/** Bits a pixel that go with a compression; OS/2 2 writes RLE24 where Windows says JPEG. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  [RGB]: [1, 2, 4, 8, 16, 24, 32],
  [RLE8]: [8],
  [RLE4]: [4],
  [BITFIELDS]: [16, 32],
  [RLE24]: [24],
  [ALPHA_BITFIELDS]: [16, 32],
};

/**
 * Bytes by which the size in the header may be over that of the file: some writers count the headers twice or round up to
 * a block. The dimensions tell how much there must be.
 */
const OFF = 4096;

/** Walks a BMP. */
export function walkBmp(bytes: Uint8Array, limits: Frame): Walk {
  const damaged = (detail: string) => refuse('damaged', detail);
  if (!holds(bytes, 0, 'BM') || bytes.length < 26) return damaged('no BMP header');
  const view = viewOf(bytes);
  const fileSize = view.getUint32(2, true);
  const pixels = view.getUint32(10, true);
  const header = view.getUint32(14, true);
  if (!HEADERS.includes(header)) return damaged(`header of ${header} bytes`);
  if (14 + header > bytes.length) return refuse('truncated', 'shorter than its header');

  const os2 = header === 12;
  const width = os2 ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = os2 ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const planes = view.getUint16(os2 ? 22 : 26, true);
  const depth = view.getUint16(os2 ? 24 : 28, true);
  const compression = os2 ? RGB : view.getUint32(30, true);
  const dataSize = os2 ? 0 : view.getUint32(34, true);
  const colours = os2 ? 0 : view.getUint32(46, true);

  const size = measure(width, height, limits);
  if (size) return size;
  if (planes !== 1) return damaged(`${planes} planes`);
  if (!DEPTHS[compression]?.includes(depth) || (compression === RLE24 && header !== 64))
    return damaged(`${depth} bits a pixel by compression ${compression}`);
  const runs = compression === RLE8 || compression === RLE4 || compression === RLE24;
  if (runs && signedHeight < 0) return damaged('run lengths from the top down');
  if (!os2 && !plausibleDensity(view)) return damaged('pixels per metre');

  const masks =
    header === 40 && compression === BITFIELDS ? 12 : header === 40 && compression === ALPHA_BITFIELDS ? 16 : 0;
  const most = depth <= 8 ? 2 ** depth : 256;
  if (colours > most) return damaged(`${colours} colours at ${depth} bits`);
  const entries = colours || (depth <= 8 ? 2 ** depth : 0);
  const palette = entries * (os2 ? 3 : 4);
  // OS/2 writers cut the palette short where the picture needs fewer colours; the pixels then begin in its room.
  if (pixels < 14 + header + masks + (os2 ? 0 : palette)) return damaged('pixels begin inside the headers');
  if (pixels > bytes.length) return refuse('truncated', 'pixels begin behind the end');
  if (fileSize > bytes.length + OFF) return refuse('truncated', `${bytes.length} bytes of ${fileSize}`);
  if (dataSize > bytes.length) return refuse('truncated', `${dataSize} bytes of pixels in ${bytes.length}`);

  const end = runs
    ? endOfRle(bytes, pixels, { depth, width, height })
    : pixels + Math.ceil((width * depth) / 32) * 4 * height;
  if (end < 0) return damaged('run lengths leave the picture');
  if (end > bytes.length) return refuse('truncated', 'fewer pixels than the dimensions ask for');
  // Run lengths that end with the file and not with their code may go on: the size then is the only witness.
  if (runs && end === bytes.length && fileSize > end && !endsRuns(bytes))
    return refuse('truncated', `${bytes.length} bytes of ${fileSize}`);
  return { ok: true, type: 'bmp', width, height, end: Math.max(end, profileEnd(view, header)) };
}

/** «MBED» and «LINK»: only with these do the last fields of a V5 header say where a profile lies. */
const PROFILES = [0x4d424544, 0x4c494e4b];

function endsRuns(bytes: Uint8Array): boolean {
  return bytes.at(-2) === 0 && bytes.at(-1) === 1;
}

/** Behind the colour profile that a V5 header holds in the file, mostly behind the pixels; 0 where there is none. */
function profileEnd(view: DataView, header: number): number {
  if (header !== 124 || !PROFILES.includes(view.getUint32(70, true))) return 0;
  const end = 14 + view.getUint32(126, true) + view.getUint32(130, true);
  return end <= view.byteLength ? end : 0;
}

/** A screen has some thousand pixels a metre; numbers without sense there come from broken or made-up headers. */
function plausibleDensity(view: DataView): boolean {
  const across = view.getInt32(38, true);
  const down = view.getInt32(42, true);
  return across >= 0 && down >= 0 && across < 10_000_000 && down < 10_000_000;
}
