// A file that stood inside a text, and the text without such files: what data-uris.ts and text-files.ts answer with.

import type { Undecoded } from './pieces.ts';

export interface EmbeddedFile {
  /** Below that of the text it stood in. */
  readonly path: string;
  readonly name: Undecoded;
  readonly contentType: string;
  /** By which the HTML shows it; null for a file of plain text. */
  readonly contentId: string | null;
  readonly bytes: Buffer;
  /** What was wrong with its encoding, or null. */
  readonly broken: string | null;
}

/** A text without its files. */
export interface Cut {
  readonly bytes: Buffer;
  readonly files: readonly EmbeddedFile[];
  /** Files past the most that are taken, which are cut out and lost to sight. */
  readonly left: number;
}

/** What the files of a text may be: so many, and so many bytes of all that are made of fewer. */
export interface Room {
  readonly files: number;
  readonly bytes: number;
}
