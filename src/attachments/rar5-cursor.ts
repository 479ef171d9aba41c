// Reads the fields of a RAR 5 header one after the other; what does not fit is a Misfit, which the caller turns into a
// verdict.

/** A field reaches past the end of its header, or says what it cannot say. */
export class Misfit extends Error {}

export interface Cursor {
  /** The offset of the next field. */
  at(): number;
  /** A vint (technote: seven bits a byte, lowest first, at most ten bytes); exact up to 2^53, larger ones stay larger. */
  number(): number;
  text(length: number): string;
  skip(length: number): void;
}

/** A cursor over `bytes` from `from` to before `end`. */
export function cursorOf(bytes: Uint8Array, from: number, end: number): Cursor {
  let at = from;
  const skip = (length: number) => {
    if (length < 0 || at + length > end) throw new Misfit('a field is longer than its header');
    at += length;
  };
  return {
    at: () => at,
    skip,
    number: () => {
      let value = 0;
      for (let i = 0; i < 10; i++) {
        skip(1);
        const byte = bytes[at - 1] ?? 0;
        value += (byte & 0x7f) * 2 ** (7 * i);
        if (byte < 0x80) return value;
      }
      throw new Misfit('a number without end');
    },
    text: (length) => {
      skip(length);
      return new TextDecoder().decode(bytes.subarray(at - length, at));
    },
  };
}
