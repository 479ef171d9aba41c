// Which files of a letter go along with one of ours: accepted ones, as many as fit a sum, in their order.

export interface Sendable {
  readonly verdict: 'accepted' | 'rejected' | 'unchecked';
  /** Bytes. */
  readonly size: number;
  /** A logo or a mail program's own part: nothing that somebody sent. */
  readonly inlined: boolean;
}

/** Those that fit into `bytes` together; a large one gives way to smaller ones behind it. */
export function along<T extends Sendable>(files: readonly T[], bytes: number): readonly T[] {
  let left = bytes;
  return files.filter(({ verdict, size, inlined }) => {
    if (verdict !== 'accepted' || inlined || size > left) return false;
    left -= size;
    return true;
  });
}
