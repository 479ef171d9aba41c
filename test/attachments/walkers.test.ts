import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { judgePicture } from '../../src/attachments/picture.ts';
import { REGULATION } from '../../src/attachments/policy.ts';
import type { PictureType } from '../../src/attachments/walk.ts';
import { rar5, zip } from './archives.ts';
import { bmp, bytes, chunk, gif, jpeg, PNG_HEAD, png, seeded, segment } from './pictures.ts';

function reason(type: PictureType, file: Uint8Array): string {
  const walk = judgePicture(type, file, REGULATION);
  return walk.ok ? `${walk.width}x${walk.height}` : walk.reason;
}

/** A GIF whose frames of one pixel lie at these places. */
function gifAt(places: readonly (readonly [number, number])[]): Buffer {
  const file = gif(1, 1, places.length);
  for (const [i, [left, top]] of places.entries()) {
    const frame = 19 + i * 15;
    file.writeUInt16LE(left, frame + 1);
    file.writeUInt16LE(top, frame + 3);
  }
  return file;
}

const withProgram = (file: Uint8Array) => bytes(file, 'MZ', new Uint8Array(58), [64, 0, 0, 0], 'PE\0\0');

const GOOD = { jpg: jpeg(), png: png(), gif: gif(), bmp: bmp() } as const;
const TYPES: readonly PictureType[] = ['jpg', 'png', 'gif', 'bmp'];

describe.each(TYPES)('a %s', (type) => {
  test('cut at any byte is refused', () => {
    const file = GOOD[type];
    for (let length = 0; length < file.length; length++)
      expect(judgePicture(type, file.subarray(0, length), REGULATION).ok).toBe(false);
  });

  test('with a program behind its end is refused', () => {
    const program = bytes('MZ', new Uint8Array(58), [64, 0, 0, 0], 'PE\0\0');
    expect(reason(type, bytes(GOOD[type], program))).toBe('trailing-executable');
    expect(reason(type, bytes(GOOD[type], new Uint8Array(100), program))).toBe('trailing-executable');
  });

  test('with an archive behind its end is refused', () => {
    expect(reason(type, bytes(GOOD[type], zip([{ name: 'a.exe' }])))).toBe('trailing-archive');
    expect(reason(type, bytes(GOOD[type], 'Rar!\x1a\x07\x01\0'))).toBe('trailing-archive');
  });

  test('with a web page behind its end is refused', () => {
    expect(reason(type, bytes(GOOD[type], '  <ScRiPt>alert(1)</script>'))).toBe('trailing-html');
  });

  test('padded with zeros by a mail program is accepted', () => {
    expect(reason(type, bytes(GOOD[type], new Uint8Array(16)))).toMatch(/^\d+x\d+$/);
    expect(reason(type, bytes(GOOD[type], new Uint8Array(300_000)))).toMatch(/^\d+x\d+$/);
  });

  test.each([
    ['a packed file', '\x1f\x8b\x08', 'trailing-archive'],
    ['a tar', bytes('a.exe', new Uint8Array(252), 'ustar'), 'trailing-archive'],
    ['a shortcut', 'L\0\0\0\x01\x14\x02\0', 'trailing-executable'],
    ['a program for Linux', '\x7fELF', 'trailing-executable'],
    ['a script', '#!/bin/sh', 'trailing-executable'],
  ])('with %s behind some zeros is refused', (_, tail, expected) => {
    expect(reason(type, bytes(GOOD[type], new Uint8Array(8), tail, new Uint8Array(64)))).toBe(expected);
  });

  test('that is changed at random never breaks the walk, and is never taken without its end', () => {
    const random = seeded(20_261_201);
    const end = { jpg: '\xff\xd9', png: 'IEND\xaeB\x60\x82', gif: ';', bmp: '' }[type];
    for (let round = 0; round < 3_000; round++) {
      const file = Buffer.from(GOOD[type]);
      for (let i = random(4); i >= 0; i--) file[random(file.length)] = random(256);
      const cut = file.subarray(0, random(file.length + 1));
      for (const one of [file, cut, bytes(cut, new Uint8Array(random(40)))]) {
        const walk = judgePicture(type, one, REGULATION);
        if (!walk.ok) continue;
        expect(walk.end).toBeLessThanOrEqual(one.length);
        expect(one.subarray(0, walk.end).toString('latin1').endsWith(end)).toBe(true);
      }
    }
  });
});

describe('a photo with what a phone writes behind its end', () => {
  test('is accepted and cut at its own end', () => {
    const photo = jpeg();
    const walk = judgePicture('jpg', bytes(photo, jpeg(4, 4), 'SEFH', new Uint8Array(40), 'SEFT'), REGULATION);
    expect(walk).toMatchObject({ ok: true, width: 8, height: 8, end: photo.length });
  });

  test('a GIF with foreign bytes there is refused: nothing ordinary writes them', () => {
    expect(reason('gif', bytes(gif(), 'secret payload'))).toBe('trailing-data');
  });
});

describe('a screenshot that was cropped and saved over the larger one', () => {
  const larger = png(60, 60, deflateSync(Buffer.from(Array.from({ length: 61 * 60 }, (_, i) => (i * 7919) & 255))));
  const cropped = png(4, 4);
  const rest = larger.subarray(cropped.length);

  test('is accepted and cut at its own end: the rest of the larger one is private', () => {
    expect(judgePicture('png', bytes(cropped, rest), REGULATION)).toMatchObject({ ok: true, end: cropped.length });
  });

  test('with a whole other picture behind its end is cut as well', () => {
    expect(judgePicture('png', bytes(cropped, jpeg()), REGULATION)).toMatchObject({ ok: true, end: cropped.length });
  });

  test('with a program, an archive or a web page in that rest is refused', () => {
    const half = rest.length / 2;
    const hidden = (what: string | Uint8Array) => bytes(cropped, rest.subarray(0, half), what, rest.subarray(half));
    expect(reason('png', hidden('\x7fELF'))).toBe('trailing-executable');
    expect(reason('png', hidden(zip([{ name: 'a.exe' }])))).toBe('trailing-archive');
    expect(reason('png', hidden('<script>alert(1)</script>'))).toBe('trailing-html');
  });
});

describe('a picture that is an archive as well', () => {
  // The last two bytes of the JPEG, and the IEND of the PNG, become the comment of the ZIP.
  const hidden = (comment: number) => zip([{ name: 'a.exe' }], 'x'.repeat(comment)).subarray(0, -comment);

  test('by a ZIP in a comment before its last bytes is refused', () => {
    const photo = jpeg();
    const end = photo.length - 2;
    const comment = segment(0xfe, hidden(2));
    expect(reason('jpg', bytes(photo.subarray(0, end), comment, photo.subarray(end)))).toBe('hidden-archive');
  });

  test('by a ZIP in a chunk of text is refused', () => {
    const file = png();
    const text = chunk('tEXt', bytes('a\0', hidden(16)));
    expect(reason('png', bytes(file.subarray(0, -12), text, file.subarray(-12)))).toBe('hidden-archive');
  });

  test('by a RAR in a comment is refused', () => {
    expect(reason('jpg', jpeg(8, 8, segment(0xfe, rar5([{ name: 'a.exe' }]))))).toBe('hidden-archive');
  });
});

describe('JPEG', () => {
  test.each([
    ['comment and Exif', jpeg(8, 8, bytes(segment(0xfe, bytes('hi')), segment(0xe1, bytes('Exif\0\0')))), '8x8'],
    ['fill bytes before a marker', jpeg(8, 8, bytes([0xff, 0xff], segment(0xfe, []))), '8x8'],
    ['stuffed 0xff and restart markers in the scan', jpeg(8, 8, bytes(), [0x3f, 0xff, 0, 0xff, 0xd0, 0x3f]), '8x8'],
    ['no scan data', jpeg(8, 8, bytes(), []), 'damaged'],
    ['garbage between segments', jpeg(8, 8, bytes('xx')), 'damaged'],
    ['a segment longer than the file', jpeg(8, 8, bytes([0xff, 0xe0, 0xff, 0xff])), 'truncated'],
    ['a lossless frame', bytes(jpeg().toString('latin1').replace('\xff\xc0', '\xff\xc3')), 'damaged'],
    ['no height', jpeg(8, 0), 'damaged'],
    ['a side of 30,000 pixels', jpeg(30_000, 10), 'too-many-pixels'],
    ['200 megapixels', jpeg(20_000, 10_000), 'too-many-pixels'],
    ['only its first bytes', bytes([0xff, 0xd8, 0xff, 0xe0], 'MZ this is no picture at all'), 'truncated'],
  ])('with %s', (_, file, expected) => {
    expect(reason('jpg', file)).toBe(expected);
  });
});

describe('PNG', () => {
  const header = png().subarray(0, 33);
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(20)));
  const end = chunk('IEND', []);
  test.each([
    ['text before the pixels', bytes(header, chunk('tEXt', bytes('a\0b')), pixels, end), '4x4'],
    ['a wrong CRC', bytes(png().subarray(0, 29), [0, 0, 0, 0], pixels, end), 'damaged'],
    ['pixels in two places', bytes(header, pixels, chunk('tIME', new Uint8Array(7)), pixels, end), 'damaged'],
    ['no pixels', bytes(header, end), 'damaged'],
    ['no IEND', bytes(header, pixels), 'truncated'],
    ['a chunk of 4 GB', bytes(header, [0xff, 0xff, 0xff, 0xff], 'IDAT', pixels), 'truncated'],
    ['an unknown critical chunk', bytes(header, chunk('EVIL', []), pixels, end), 'damaged'],
    ['pixels that are no zlib stream', bytes(header, chunk('IDAT', bytes('this is no zlib')), end), 'damaged'],
    [
      'three bits a sample',
      bytes(PNG_HEAD, chunk('IHDR', [0, 0, 0, 4, 0, 0, 0, 4, 3, 0, 0, 0, 0]), pixels, end),
      'damaged',
    ],
    ['dimensions its few bytes cannot fill', png(7000, 7000, deflateSync(Buffer.alloc(20))), 'damaged'],
    ['absurd dimensions', png(100_000, 1, deflateSync(Buffer.alloc(20))), 'too-many-pixels'],
  ])('with %s', (_, file, expected) => {
    expect(reason('png', file)).toBe(expected);
  });
});

describe('GIF', () => {
  test.each([
    ['three frames', gif(1, 1, 3), '1x1'],
    ['a zero before its trailer', bytes(gif().subarray(0, -1), [0, 0x3b]), '1x1'],
    ['zeros between its frames', bytes(gif(1, 1, 2).subarray(0, 34), [0, 0], gif(1, 1, 2).subarray(34)), '1x1'],
    ['zeros and no trailer', bytes(gif().subarray(0, -1), new Uint8Array(40)), 'truncated'],
    ['a frame a little outside its screen', gifAt([[3, 2]]), '1x1'],
    ['a frame far outside its screen', gifAt([[65_535, 65_535]]), 'too-many-pixels'],
    [
      'one frame far to the right and one far below, which a viewer would widen its canvas to',
      gifAt([
        [15_000, 0],
        [0, 15_000],
      ]),
      'too-many-pixels',
    ],
    ['more frames than an animation needs', gif(1, 1, 2_001), 'too-many-frames'],
    ['a screen of 65,535 x 65,535', gif(65_535, 65_535), 'too-many-pixels'],
    ['no frame', gif(1, 1, 0), 'damaged'],
    ['an unknown block', bytes(gif().subarray(0, 19), [0x99], gif().subarray(19)), 'damaged'],
    ['a script where its screen should be', bytes('GIF89a/*', new Uint8Array(3), '*/=1;alert(1)'), 'damaged'],
  ])('with %s', (_, file, expected) => {
    expect(reason('gif', file)).toBe(expected);
  });
});

describe('BMP', () => {
  const runs = { depth: 8, compression: 1 };
  test.each([
    ['rows from the top down', bmp(3, -3), '3x3'],
    ['256 colours', bmp(5, 5, { depth: 8 }), '5x5'],
    ['run lengths', bmp(4, 2, { ...runs, pixels: bytes([4, 1, 0, 0, 4, 2, 0, 1]) }), '4x2'],
    [
      'run lengths beyond its rows',
      bmp(4, 1, { ...runs, pixels: bytes([4, 1, 0, 0, 4, 1, 0, 0, 4, 1, 0, 0, 0, 1]) }),
      'damaged',
    ],
    ['run lengths from the top down', bmp(4, -2, { ...runs, pixels: bytes([4, 1, 0, 1]) }), 'damaged'],
    ['few run lengths for many rows', bmp(4, 2_000, { ...runs, pixels: bytes([4, 1, 0, 0]) }), 'damaged'],
    ['five bits a pixel', bmp(4, 4, { depth: 5 }), 'damaged'],
    ['a JPEG inside', bmp(4, 4, { compression: 4 }), 'damaged'],
    ['a size it does not have', bmp(4, 4, { fileSize: 5_000 }), 'truncated'],
    ['a size that counts its header twice', bmp(4, 4, { fileSize: 102 + 54 }), '4x4'],
    ['a size of nothing', bmp(4, 4, { fileSize: 0 }), '4x4'],
    ['a size that is a little over what is left of it', bmp(4, 4, { fileSize: 110 }).subarray(0, -1), 'truncated'],
    [
      'a size that covers a program behind its pixels',
      withProgram(bmp(4, 4, { fileSize: 102 + 66 })),
      'trailing-executable',
    ],
    [
      'run lengths without their end, fewer than its size says',
      bmp(4, 2, { ...runs, fileSize: 2_000, pixels: bytes([4, 1, 0, 0, 4, 2]) }),
      'truncated',
    ],
    ['100,000 x 100,000 pixels', bmp(100_000, 100_000, { pixels: bytes() }), 'too-many-pixels'],
    ['too few pixels', bmp(40, 40, { pixels: bytes('short') }), 'truncated'],
    ['a program behind the letters BM', bytes('BM\x90\0MZ', new Uint8Array(200)), 'damaged'],
  ])('with %s', (_, file, expected) => {
    expect(reason('bmp', file)).toBe(expected);
  });
});
