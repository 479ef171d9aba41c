// The good files that fuzzing starts from, several of each format so that splices mix different structures.

import { deflateSync } from 'node:zlib';
import { rar4, rar5, zip } from '../test/attachments/archives.ts';
import { bmp, bytes, chunk, gif, jpeg, png, segment } from '../test/attachments/pictures.ts';

/** Good files by format; `rar4` and `rar5` are the generations of RAR. */
export function seeds(): Readonly<Record<string, readonly Buffer[]>> {
  const bare = bmp(6, 5);
  const named = [
    { name: 'screen.bmp', data: bare },
    { name: 'shots/second.png', data: png(9, 9) },
  ];
  return {
    jpg: [
      jpeg(),
      jpeg(640, 480, bytes(segment(0xe0, bytes('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')), segment(0xfe, bytes('a note')))),
      jpeg(16, 16, segment(0xe1, bytes('Exif\0\0MM\0*\0\0\0\x08\0\0'))),
    ],
    png: [
      png(),
      png(64, 64),
      bytes(png(3, 3).subarray(0, 33), chunk('tEXt', bytes('Title\0screen')), png(3, 3).subarray(33)),
    ],
    gif: [gif(), gif(20, 10, 3), bytes(gif().subarray(0, 19), [0x21, 0xf9, 4, 0, 10, 0, 0, 0], gif().subarray(19))],
    bmp: [
      bare,
      bmp(8, 8, { depth: 8 }),
      bmp(3, -3),
      bmp(4, 2, { depth: 8, compression: 1, pixels: bytes([4, 1, 0, 0, 4, 2, 0, 1]) }),
    ],
    zip: [
      zip(named),
      zip([{ name: 'a.bmp', data: bare, store: true }], 'a comment'),
      zip([{ name: 'p.jpg', data: jpeg() }]),
    ],
    rar4: [rar4(named.slice(0, 1)), rar4([{ name: 'b.png', data: png(2, 2, deflateSync(Buffer.alloc(6))) }])],
    rar5: [rar5([{ name: 'a.png', data: png() }]), rar5([{ name: 'снимок.gif', data: gif() }])],
  };
}
