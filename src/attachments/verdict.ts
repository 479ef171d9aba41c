// The vocabulary of judging: what is asked about one part of a letter and what is answered (regulation, section on
// attachments). Values only; they cross the border to a worker thread as they are.

import type { Reason } from './reasons.ts';

/** A picture inside an accepted archive. `size` in bytes, `width` and `height` in pixels. */
export interface Inside {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
}

export interface Verdict {
  /** The part's place in the letter, as in `Part.path`. */
  readonly path: string;
  /** Cleaned, and with the extension of its content where it is a picture; fit to be shown, never a path of ours. */
  readonly filename: string;
  /** By content: `jpg gif png bmp zip rar pdf …`; null where the content tells nothing. */
  readonly type: string | null;
  /** Bytes as they came. */
  readonly size: number;
  /** Hex digest of the bytes as they came. */
  readonly sha256: string;
  /** What may be handed on is the first `keep` bytes: a phone's additions behind a JPEG's end are cut off. */
  readonly keep: number;
  readonly verdict: 'accepted' | 'rejected' | 'unchecked';
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly inside: readonly Inside[];
  /** Belongs to the letter's looks (a logo below its signature) or to the mail program, not to a list. */
  readonly inlined: boolean;
  /** A small picture shown in the text: it belongs to the letter's looks as well where it came with earlier letters. */
  readonly logoSized: boolean;
}
