// What the headers of a RAR archive declare, whichever generation they are of (rar4.ts, rar5.ts).

/** One file, folder or link as its header declares it. Sizes in bytes; `unpacked` is null where the writer did not know. */
export interface RarEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly unpacked: number | null;
  readonly encrypted: boolean;
  /** The entry goes on in another volume. */
  readonly split: boolean;
  /** Bytes of memory the decompressor will ask for. */
  readonly dictionary: number;
}

export interface RarHeaders {
  readonly ok: true;
  readonly entries: readonly RarEntry[];
  /** The archive as the decompressor can read it. */
  readonly bytes: Uint8Array;
}

/** How many headers are looked at, service headers included, before an archive counts as made to tire us. */
export const MOST_BLOCKS = 2_000;
