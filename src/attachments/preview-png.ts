// A picture of RGB rows to a PNG that fits a given side (W3C PNG 3, colour type 2): each pixel of the small picture is
// the mean of those it stands for. Holds one row of the large picture and the whole small one.

import { crc32, deflateSync } from 'node:zlib';
import type { BmpRows } from './preview-pixels.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** 8 bits a channel, red green blue, deflate, the one filter method, not interlaced. */
const TRUECOLOUR = [8, 2, 0, 0, 0];

/** A PNG of at most `side` pixels each way, never larger than the picture. */
export function shrunkPng(picture: BmpRows, side: number): Uint8Array {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const lines = shrunk(picture, width, height);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(TRUECOLOUR, 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', NOTHING)]);
}

/** The small picture as PNG lines: a zero (no filter) before each row. */
function shrunk({ width: wide, height: high, topDown, rows }: BmpRows, width: number, height: number): Buffer {
  const lines = Buffer.alloc((width * 3 + 1) * height);
  const sums = new Float64Array(width * 3);
  // for each column of the large picture, where its column of the small one lies in the sums
  const columns = Uint32Array.from({ length: wide }, (_, x) => Math.floor((x * width) / wide) * 3);
  const widths = new Uint32Array(width * 3);
  for (const column of columns) for (let c = 0; c < 3; c++) widths[column + c]!++;
  let stored = 0;
  let summed = 0;
  for (const row of rows) {
    for (let x = 0, at = 0; x < wide; x++) {
      const column = columns[x]!;
      sums[column]! += row[at++]!;
      sums[column + 1]! += row[at++]!;
      sums[column + 2]! += row[at++]!;
    }
    summed++;
    const line = Math.floor((stored++ * height) / high);
    if (line === Math.floor((stored * height) / high)) continue;
    const to = (topDown ? line : height - 1 - line) * (width * 3 + 1) + 1;
    for (let i = 0; i < sums.length; i++) lines[to + i] = Math.round(sums[i]! / (widths[i]! * summed));
    sums.fill(0);
    summed = 0;
  }
  return lines;
}

function chunk(name: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), 4 + named.length);
  return whole;
}

const NOTHING = new Uint8Array();
