// How much of the letters may be in memory at one time: one configured sum in, the share of each place where they wait out.

import type { Config } from '../config/schema.ts';

const MB = 1024 * 1024;

/** Bytes. Where a share is smaller than a letter of the permitted size, such a letter is there alone. */
export interface Shares {
  /** What mail servers hand over by LMTP and SMTP; what is over it is asked to come later. */
  readonly listeners: number;
  /** What is fetched from a mailbox at once; the next part is fetched while one is kept. */
  readonly window: number;
  /** What was just kept and waits for a thread that reads it; the rest waits in the spool. */
  readonly kept: number;
  /** What is being read. */
  readonly reading: number;
}

/** Shares the sum out. The window is an eighth for two at a time of each mailbox, and small, for each is copied on its way. */
export function sharesOf({ limits, mailboxes }: Pick<Config, 'limits' | 'mailboxes'>): Shares {
  const all = limits.memoryMegabytes * MB;
  return {
    listeners: Math.max(all / 2, limits.letterMegabytes * MB),
    window: Math.min(all / 16 / Math.max(mailboxes.length, 1), 2 * MB),
    kept: all / 8,
    reading: all / 4,
  };
}
