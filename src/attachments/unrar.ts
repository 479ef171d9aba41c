// node-unrar-js with its promises kept: archive bytes and an output limit in, entries one by one out. The library
// believes declared sizes; here every write is counted as it happens, and nothing reaches a disk.

import { createExtractorFromData } from 'node-unrar-js';

/** More came out of an archive than it may hold. */
export class TooMuch extends Error {}

export interface Unrar {
  /** Unpacks the entries that `wanted` takes, by their number in the archive. Throws TooMuch or the library's errors. */
  entries(wanted: (index: number) => boolean): Generator<{ index: number; name: string; bytes: Uint8Array }>;
  /** How many entries the library has come by. */
  seen(): number;
}

type Write = (fd: number, buf: number, size: number) => boolean;

/** True once the library has grown or been interrupted: its memory never shrinks, so the worker is better replaced. */
export const wear = { worn: false };

/** Opens an archive; `limit` is in bytes for all entries together. */
export async function openUnrar(bytes: Uint8Array, limit: number): Promise<Unrar> {
  const extractor = await createExtractorFromData({ data: Uint8Array.from(bytes).buffer });
  const write: Write = Reflect.get(extractor, 'write');
  let written = 0;
  // The class hides its hooks from types, not from the decompressor, which looks them up at each call.
  Reflect.set(extractor, 'write', (fd: number, buf: number, size: number) => {
    written += size;
    if (written > limit) {
      wear.worn = true;
      throw new TooMuch();
    }
    return Reflect.apply(write, extractor, [fd, buf, size]);
  });

  let seen = 0;
  return {
    seen: () => seen,
    *entries(wanted) {
      try {
        const { files } = extractor.extract({ files: () => wanted(seen++) });
        for (const { fileHeader, extraction } of files)
          if (extraction) yield { index: seen - 1, name: fileHeader.name, bytes: extraction };
      } finally {
        wear.worn ||= heapOf(extractor) > 32 * 1024 * 1024;
      }
    },
  };
}

function heapOf(extractor: object): number {
  const heap: unknown = Reflect.get(Reflect.get(extractor, 'unrar'), 'HEAPU8');
  return heap instanceof Uint8Array ? heap.byteLength : 0;
}
