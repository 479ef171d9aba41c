// Bytes of letters that were just kept, for the thread that reads them next: the spool has them too, but they are here still.

export interface HeldBytes {
  /** Holds the bytes of a letter, where there is room for them. */
  put(letter: number, raw: Uint8Array): void;
  /** Gives the bytes away; null where they are not held. */
  take(letter: number): Uint8Array | null;
}

/** Holds at most so many bytes in all. */
export function holdBytes(most: number): HeldBytes {
  const held = new Map<number, Uint8Array>();
  let bytes = 0;
  return {
    put: (letter, raw) => {
      if (bytes + raw.byteLength > most) return;
      held.set(letter, raw);
      bytes += raw.byteLength;
    },
    take: (letter) => {
      const raw = held.get(letter);
      if (!raw) return null;
      held.delete(letter);
      bytes -= raw.byteLength;
      return raw;
    },
  };
}
