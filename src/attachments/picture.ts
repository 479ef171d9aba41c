// One picture: its type and bytes in, the walker's finding with the judgement of what stands behind its end out.

import { walkBmp } from './bmp.ts';
import { walkGif } from './gif.ts';
import { walkJpeg } from './jpeg.ts';
import { walkPng } from './png.ts';
import { judgeInside, judgeTail } from './tail.ts';
import type { Frame, PictureType, Walk } from './walk.ts';

const WALKERS: Readonly<Record<PictureType, (bytes: Uint8Array, limits: Frame) => Walk>> = {
  jpg: walkJpeg,
  png: walkPng,
  gif: walkGif,
  bmp: walkBmp,
};

/** Judges a picture of a known type within the limits. */
export function judgePicture(type: PictureType, bytes: Uint8Array, limits: Frame): Walk {
  const walk = WALKERS[type](bytes, limits);
  if (!walk.ok) return walk;
  return judgeTail(type, bytes, walk.end) ?? judgeInside(bytes.subarray(0, walk.end)) ?? walk;
}
