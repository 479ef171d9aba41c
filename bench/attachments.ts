// `npm run bench:attachments`: MB/s of each walker beside SHA-256 of the same bytes in the same run. A walk should cost
// no more than twice the hash that every attachment gets anyway.

import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { random } from '../scripts/fuzz-mutate.ts';
import { judgePicture } from '../src/attachments/picture.ts';
import { REGULATION } from '../src/attachments/policy.ts';
import type { Visit } from '../src/attachments/visit.ts';
import type { PictureType } from '../src/attachments/walk.ts';
import { readZip } from '../src/attachments/zip.ts';
import { zip } from '../test/attachments/archives.ts';
import { bmp, bytes, chunk, gif, jpeg, PNG_HEAD } from '../test/attachments/pictures.ts';

const ROUNDS = 40;
const next = random(1);
const noise = (length: number) => Buffer.from(Array.from({ length }, () => next(256)));

/** Scan data as encoders write it: any bytes, a zero behind each 0xff. */
function scan(length: number): number[] {
  const data: number[] = [];
  for (const byte of noise(length)) data.push(...(byte === 0xff ? [0xff, 0] : [byte]));
  return data;
}

/** A photo-like PNG of about 2 MB: noise in the low bits, IDAT chunks of 8 KB as libpng writes them. */
function photo(): Buffer {
  const [width, height] = [1600, 1200];
  const data = deflateSync(noise((width + 1) * height).map((byte, i) => (i % (width + 1) === 0 ? 0 : byte)));
  const chunks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 8192) chunks.push(chunk('IDAT', data.subarray(at, at + 8192)));
  const head = chunk('IHDR', [0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, 8, 0, 0, 0, 0]);
  return bytes(PNG_HEAD, head, ...chunks, chunk('IEND', []));
}

/** A frame of about 2 MB in full sub-blocks. */
function animation(): Buffer {
  const good = gif(1200, 1200);
  const blocks = Array.from({ length: 8_000 }, () => bytes([255], noise(255)));
  return bytes(good.subarray(0, 30), ...blocks, good.subarray(33));
}

const PICTURES: Readonly<Record<PictureType, Buffer>> = {
  jpg: jpeg(1600, 1200, bytes(), scan(2_000_000)),
  png: photo(),
  gif: animation(),
  bmp: bmp(1000, 700),
};

function speed(length: number, work: () => unknown): number {
  for (let i = 0; i < 5; i++) work();
  const started = performance.now();
  for (let i = 0; i < ROUNDS; i++) work();
  return (length * ROUNDS) / 1e6 / ((performance.now() - started) / 1e3);
}

function line(name: string, size: number, walk: number, hash: number): void {
  const shares = `${(walk / hash).toFixed(2)} × the hash`;
  console.log(
    `${name.padEnd(5)} ${(size / 1e6).toFixed(1)} MB  ${walk.toFixed(0)} MB/s, SHA-256 ${hash.toFixed(0)} MB/s, ${shares}`,
  );
}

const hashOf = (file: Buffer) => speed(file.length, () => createHash('sha256').update(file).digest());

for (const [type, file] of Object.entries(PICTURES) as [PictureType, Buffer][]) {
  const found = judgePicture(type, file, REGULATION);
  if (!found.ok) throw new Error(`${type}: ${found.reason} ${found.detail}`);
  line(
    type,
    file.length,
    speed(file.length, () => judgePicture(type, file, REGULATION)),
    hashOf(file),
  );
}

// Archives are unpacked, so they are told by what comes out of them.
const packed = zip([{ name: 'a.bmp', data: PICTURES.bmp }]);
const visit: Visit = ({ bytes: out }) => void judgePicture('bmp', out, REGULATION);
const started = performance.now();
for (let i = 0; i < ROUNDS; i++) if (await readZip(packed, REGULATION, visit)) throw new Error('the archive is broken');
line(
  'zip',
  PICTURES.bmp.length,
  (PICTURES.bmp.length * ROUNDS) / 1e3 / (performance.now() - started),
  hashOf(PICTURES.bmp),
);
