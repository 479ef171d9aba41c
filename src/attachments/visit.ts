// How the readers of ZIP and RAR hand over what is in an archive: one entry at a time, so that no two are in memory at once.

import type { EntryName } from './entry-name.ts';

/** One entry of an archive; a folder or a link has no bytes. */
export interface Entry {
  readonly name: EntryName;
  readonly kind: 'file' | 'folder' | 'link';
  readonly bytes: Uint8Array;
}

export type Visit = (entry: Entry) => void;
