// What the desk takes, in numbers and names. The default is the regulation's: JPG, GIF, PNG, and BMP/JPG/GIF/PNG packed
// in ZIP or RAR; further types are allowed by name only. A limit that cuts becomes a verdict with its reason.

/** Types that an admin can allow beside the regulation's; each is checked for being what it says. */
export const FURTHER_TYPES = ['pdf', 'txt', 'log', 'csv', 'docx', 'xlsx'] as const;
export type FurtherType = (typeof FURTHER_TYPES)[number];

/** A virus scanner that speaks clamd's protocol. */
export interface Scanner {
  /** Where it listens: host and port, or the path of its socket. */
  readonly at: { readonly host: string; readonly port: number } | { readonly path: string };
  /** Milliseconds it may take for one file. */
  readonly timeoutMs: number;
  /** What becomes of a file while the scanner does not answer: left unchecked, or accepted with that said. */
  readonly away: 'hold' | 'accept';
}

export interface Policy {
  /** Further types by name, none by default. */
  readonly allow: readonly FurtherType[];
  /** Files of one letter; inline logos are not counted. */
  readonly files: number;
  readonly fileBytes: number;
  /** Bytes of all attachments of one letter together. */
  readonly letterBytes: number;
  readonly pixels: number;
  /** Pixels of one side. */
  readonly side: number;
  /** Frames of an animation. */
  readonly frames: number;
  readonly archiveEntries: number;
  /** Bytes that an archive may unpack to, counted while they are made. */
  readonly archiveBytes: number;
  /** Milliseconds one archive or picture may take, then the worker is ended. */
  readonly fileMs: number;
  /** Milliseconds all attachments of one letter may take. */
  readonly letterMs: number;
  /** Asked about every file that is otherwise accepted; null for none. */
  readonly scanner: Scanner | null;
}

const MB = 1024 * 1024;

export const REGULATION: Policy = Object.freeze({
  allow: Object.freeze([]),
  files: 20,
  fileBytes: 15 * MB,
  letterBytes: 25 * MB,
  pixels: 50_000_000,
  side: 20_000,
  frames: 2_000,
  archiveEntries: 100,
  archiveBytes: 50 * MB,
  fileMs: 5_000,
  letterMs: 10_000,
  scanner: null,
});

export default REGULATION;
