// A folder compared with the ledger when a whole pass over it is done: each UID that was listed has a row, or waits for a
// reason that was told. One that has neither is a gap. In: what was listed; out: the count, and the gap by number.

import type { Ledger } from '../../store/ledger.ts';
import type { Box } from './box.ts';

export interface MailboxBalance {
  /** UIDs that lay in the folder. */
  readonly listed: number;
  /** Of these, letters that could not be fetched or kept, and are tried again. */
  readonly waiting: number;
  /** UIDs that lie in the folder and that nobody took note of. */
  readonly gap: readonly number[];
}

/** Asks the ledger itself, not what is remembered of it; what is missing there is taken in by the next pass. */
export function balanceOf(box: Box, listed: readonly number[], ledger: Ledger): MailboxBalance {
  const { memory } = box;
  const known = ledger.known(box.key, listed);
  const without = listed.filter((uid) => !known.has(uid));
  const gap = without.filter((uid) => !memory.waiting.has(uid));
  for (const uid of gap) memory.settled.delete(uid);
  return { listed: listed.length, waiting: without.length - gap.length, gap };
}
