// Files that customers attach: a sound PNG of a wanted size, and a ZIP of about 1 MB that holds a BMP screenshot.

import { crc32, deflateSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import type { Chance } from './words.ts';

const WIDTH = 640;

function noise(random: Chance, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = Math.floor(random() * 2 ** 32) | 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state, at);
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** An RGB picture that does not compress, close to `size` bytes (PNG 1.2 §4.1). */
export function png(random: Chance, size: number): Buffer {
  const height = Math.max(1, Math.round(size / (WIDTH * 3 + 1)));
  const rows = noise(random, height * (WIDTH * 3 + 1));
  for (let row = 0; row < height; row++) rows[row * (WIDTH * 3 + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A 24-bit BMP, about 1 MB of it noise, in a ZIP. */
export function zippedScreenshot(random: Chance, name: string): Buffer {
  const height = 540;
  const pixels = noise(random, WIDTH * 3 * height);
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + pixels.length, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(WIDTH, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.writeUInt32LE(pixels.length, 34);
  const zip = new AdmZip();
  zip.addFile(name, Buffer.concat([header, pixels]));
  return zip.toBuffer();
}
