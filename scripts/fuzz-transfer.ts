// Random shapes of encoded bytes through the decoders of transfer encodings and through the plain ones of the tests: each
// gives the same bytes or says that something is broken.

import { base64 } from '../src/decode/transfer/base64.ts';
import { quotedPrintable } from '../src/decode/transfer/quoted-printable.ts';
import type { Transferred } from '../src/decode/transfer/transferred.ts';
import { uuencoded } from '../src/decode/transfer/uuencode.ts';
import { plainBase64, plainQuotedPrintable, plainUuencode } from '../test/decode/transfer/plain.ts';
import { base64Shape, quotedPrintableShape, type Shape, uuencodeShape } from '../test/decode/transfer/shapes.ts';
import type { Random } from './fuzz-mutate.ts';

/** How the shapes of one encoding fared. */
export interface Held {
  readonly encoding: string;
  /** So many were decoded to the bytes that were sent, with no word on anything broken. */
  readonly sound: number;
  /** What was decoded to other bytes and not marked. */
  readonly unlike: readonly Buffer[];
}

/** The decoders, the plain ones that they are held to, and what they are given. */
export const TRANSFER_DECODERS: readonly (readonly [
  string,
  (encoded: Buffer) => Transferred,
  (encoded: Buffer) => Buffer | null,
  Shape,
])[] = [
  ['base64', base64, plainBase64, base64Shape],
  ['quoted-printable', quotedPrintable, plainQuotedPrintable, quotedPrintableShape],
  ['uuencode', uuencoded, plainUuencode, uuencodeShape],
];

/** Holds each decoder to its plain one over so many random shapes. */
export function fuzzTransfer(next: Random, count: number): readonly Held[] {
  return TRANSFER_DECODERS.map(([encoding, decoder, plain, shape]) => {
    const unlike: Buffer[] = [];
    let sound = 0;
    for (let i = 0; i < count; i++) {
      const encoded = shape(next);
      const { bytes, broken, doubtful = null } = decoder(encoded);
      if (broken !== null || doubtful !== null) continue;
      if (plain(encoded)?.equals(bytes)) sound++;
      else unlike.push(encoded);
    }
    return { encoding, sound, unlike };
  });
}
