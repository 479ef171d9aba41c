// What the desk takes, in numbers and names. The default is the regulation's: JPG, GIF, PNG, and BMP/JPG/GIF/PNG packed
// in ZIP or RAR; further types are allowed by name only. A limit that cuts becomes a verdict with its reason.

/** Types that an admin can allow beside the regulation's; each is checked for being what it says. */
export const FURTHER_TYPES = ['pdf', 'txt', 'log', 'csv', 'docx', 'xlsx'] as const;
export type FurtherType = (typeof FURTHER_TYPES)[number];

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
});

export default REGULATION;
