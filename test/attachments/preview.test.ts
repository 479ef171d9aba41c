// What a developer sees of a customer's BMP.

import { inflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { closePreviews, PREVIEWS, previewOf, previewsIn } from '../../src/attachments/preview.ts';
import { rar5, zip } from './archives.ts';
import { closeJudge, outcome } from './asking.ts';
import { bmp, bytes, png } from './pictures.ts';

afterAll(() => Promise.all([closePreviews(), closeJudge()]));

const RED = [255, 0, 0];
const GREEN = [0, 255, 0];
const BLUE = [0, 0, 255];
const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];

interface Seen {
  readonly width: number;
  readonly height: number;
  /** RGB from the upper left corner, row by row. */
  readonly pixels: readonly (readonly number[])[];
}

/** A PNG as our previews are: truecolour, one IDAT, no filters. */
function look(file: Uint8Array | null): Seen {
  if (file === null) throw new Error('no preview');
  const read = Buffer.from(file);
  const [width, height] = [read.readUInt32BE(16), read.readUInt32BE(20)];
  const at = read.indexOf('IDAT');
  const lines = inflateSync(read.subarray(at + 4, at + 4 + read.readUInt32BE(at - 4)));
  const pixels = Array.from({ length: width * height }, (_, i) => {
    const from = Math.floor(i / width) * (width * 3 + 1) + 1 + (i % width) * 3;
    return [...lines.subarray(from, from + 3)];
  });
  return { width, height, pixels };
}

/** The first colours of a BMP with a palette. */
function coloured(file: Buffer, ...colours: readonly (readonly number[])[]): Buffer {
  for (const [i, [red = 0, green = 0, blue = 0]] of colours.entries()) file.set([blue, green, red, 0], 54 + i * 4);
  return file;
}

/** Masks behind a Windows 3 header. */
function masked(file: Buffer, masks: readonly number[]): Buffer {
  const fields = Buffer.alloc(12);
  for (const [i, mask] of masks.entries()) fields.writeUInt32LE(mask, i * 4);
  const made = Buffer.concat([file.subarray(0, 54), fields, file.subarray(54)]);
  made.writeUInt32LE(made.length, 2);
  made.writeUInt32LE(66, 10);
  return made;
}

/** OS/2 1: header of twelve bytes, three bytes a colour. */
function os2(): Buffer {
  const head = Buffer.alloc(26);
  head.write('BM');
  head.writeUInt32LE(40, 2);
  head.writeUInt32LE(32, 10);
  head.writeUInt32LE(12, 14);
  head.writeUInt16LE(2, 18);
  head.writeUInt16LE(2, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt16LE(1, 24);
  return bytes(head, [0, 0, 255, 255, 0, 0], [0x80, 0, 0, 0, 0x40, 0, 0, 0]);
}

const FOUR = [RED, GREEN, BLUE, WHITE];

describe('a screenshot of red and green above blue and white looks the same', () => {
  const cases: [string, Buffer][] = [
    ['with 24 bits', bmp(2, 2, { pixels: bytes([255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0]) })],
    [
      'with 24 bits from the top down',
      bmp(2, -2, { pixels: bytes([0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0]) }),
    ],
    [
      'with 32 bits, whatever is in the fourth byte',
      bmp(2, 2, { depth: 32, pixels: bytes([255, 0, 0, 9, 255, 255, 255, 0, 0, 0, 255, 7, 0, 255, 0, 0]) }),
    ],
    ['with 16 bits', bmp(2, 2, { depth: 16, pixels: bytes([0x1f, 0, 0xff, 0x7f, 0, 0x7c, 0xe0, 0x03]) })],
    [
      'with 16 bits and masks',
      masked(
        bmp(2, 2, { depth: 16, compression: 3, pixels: bytes([0x1f, 0, 0xff, 0xff, 0, 0xf8, 0xe0, 0x07]) }),
        [0xf800, 0x7e0, 0x1f],
      ),
    ],
    [
      'with 32 bits and masks up to the highest bit',
      masked(
        bmp(2, 2, {
          depth: 32,
          compression: 3,
          pixels: bytes([0, 0xff, 0, 0, 0, 0xff, 0xff, 0xff, 0, 0, 0, 0xff, 0, 0, 0xff, 0]),
        }),
        [0xff000000, 0xff0000, 0xff00],
      ),
    ],
    ['with 256 colours', coloured(bmp(2, 2, { depth: 8, pixels: bytes([2, 3, 0, 0, 0, 1, 0, 0]) }), ...FOUR)],
    ['with 16 colours', coloured(bmp(2, 2, { depth: 4, pixels: bytes([0x23, 0, 0, 0, 0x01, 0, 0, 0]) }), ...FOUR)],
    [
      'with 256 colours in runs',
      coloured(
        bmp(2, 2, { depth: 8, compression: 1, pixels: bytes([1, 2, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1]) }),
        ...FOUR,
      ),
    ],
    [
      'with 16 colours in runs',
      coloured(bmp(2, 2, { depth: 4, compression: 2, pixels: bytes([2, 0x23, 0, 0, 2, 0x01, 0, 0, 0, 1]) }), ...FOUR),
    ],
  ];
  test.each(cases)('%s', async (_, file) => {
    expect(look(await previewOf(file))).toEqual({ width: 2, height: 2, pixels: FOUR });
  });
});

test('a picture of OS/2 with two colours looks the same', async () => {
  expect(look(await previewOf(os2())).pixels).toEqual([RED, BLUE, BLUE, RED]);
});

test('runs may leave pixels out, which then have the first colour, and spell others one by one', async () => {
  const spelled = [0, 3, 1, 1, 1, 0];
  const moved = [0, 2, 2, 1, 1, 1];
  const file = coloured(
    bmp(3, 3, { depth: 8, compression: 1, pixels: bytes(spelled, [0, 0], moved, [0, 1]) }),
    BLACK,
    WHITE,
  );
  const row = (...pixels: number[][]) => pixels;
  expect(look(await previewOf(file)).pixels).toEqual([
    ...row(BLACK, BLACK, WHITE),
    ...row(BLACK, BLACK, BLACK),
    ...row(WHITE, WHITE, WHITE),
  ]);
});

test('a large screenshot is shrunk to 1024 pixels, each the mean of those it stands for', async () => {
  const lines = Buffer.alloc(6144 * 2, Buffer.from([0, 0, 0, 255, 255, 255]));
  const seen = look(await previewOf(bmp(2048, 2, { pixels: lines })));
  expect([seen.width, seen.height]).toEqual([1024, 1]);
  expect(new Set(seen.pixels.flat())).toEqual(new Set([128]));
});

test('a picture of one long line keeps a pixel of width', async () => {
  const seen = look(await previewOf(bmp(1, 9000)));
  expect([seen.width, seen.height]).toEqual([1, 1024]);
});

describe('there is no preview', () => {
  test.each([
    ['of a picture with more pixels than the desk takes', bmp(20_000, 2_501, { depth: 1 })],
    ['of a picture that is cut off', bmp(20, 20).subarray(0, 500)],
    ['of a PNG, which needs none', png()],
    ['of nothing', bytes()],
  ])('%s', async (_, file) => {
    expect(await previewOf(file)).toBeNull();
  });

  test('of a picture that takes too long; the next one has its own', async () => {
    const slow = bmp(7000, 7000, { depth: 1 });
    expect(await previewOf(slow, { ...PREVIEWS, ms: 5 })).toBeNull();
    expect(look(await previewOf(bmp(2, 2))).width).toBe(2);
  });
});

describe('the BMPs in an archive have previews under their names, other pictures none', () => {
  const entries = [
    { name: 'shots/Снимок.bmp', data: bmp(3, 2) },
    { name: 'b.png', data: png() },
    { name: 'c.bmp', data: bmp(5, 4) },
  ];
  test.each([
    ['zip', zip(entries)],
    ['rar', rar5(entries)],
  ] as const)('%s', async (type, archive) => {
    expect(await outcome(`shots.${type}`, archive)).toBe('accepted');
    const previews = await previewsIn(type, archive);
    expect(previews.map(({ name }) => name)).toEqual(['shots/Снимок.bmp', 'c.bmp']);
    expect(previews.map((preview) => look(preview.png).width)).toEqual([3, 5]);
  });

  test('and only as many as were asked for', async () => {
    const archive = zip(Array.from({ length: 4 }, (_, i) => ({ name: `${i}.bmp`, data: bmp() })));
    const some = await previewsIn('zip', archive, undefined, { limits: { ...PREVIEWS, count: 2 } });
    expect(some.map(({ name }) => name)).toEqual(['0.bmp', '1.bmp']);
  });
});
