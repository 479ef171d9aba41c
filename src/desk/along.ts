// Which files of a letter go along with one of ours: accepted ones, as many as fit a sum, in their order.

export interface Sendable {
  readonly verdict: 'accepted' | 'rejected' | 'unchecked';
  /** Bytes. */
  readonly size: number;
  /** A logo or a mail program's own part: nothing that somebody sent. */
  readonly inlined: boolean;
}

/** Bytes of a file in a letter, as base64 in lines of 76 characters (RFC 2045 §6.8): what a server counts against its SIZE. */
export const encodedBytes = (size: number): number => {
  const characters = Math.ceil(size / 3) * 4;
  return characters + 2 * Math.ceil(characters / 76);
};

/** Those that fit into `bytes` of a letter together; a large one gives way to smaller ones behind it. */
export function along<T extends Sendable>(files: readonly T[], bytes: number): readonly T[] {
  let left = bytes;
  return files.filter(({ verdict, size, inlined }) => {
    const taken = encodedBytes(size);
    if (verdict !== 'accepted' || inlined || taken > left) return false;
    left -= taken;
    return true;
  });
}
