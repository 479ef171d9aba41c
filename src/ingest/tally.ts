// A letter that was dealt with, counted: what became of it, why it got no acknowledgement, what was mended in it.

import type { Count } from '../config/count.ts';
import type { Disposition } from '../decide/decision.ts';
import type { Defect } from '../mail/message.ts';

export interface Ended {
  readonly disposition: Disposition;
  readonly silence: string | null;
  readonly defects: readonly Defect[];
}

/** Counts it, where somebody counts. */
export function tally(count: Count | undefined, { disposition, silence, defects }: Ended): void {
  count?.('letters', { disposition });
  if (silence !== null)
    count?.('silences', { reason: disposition === 'quarantined' ? 'set aside' : reasonOf(silence) });
  for (const { code } of defects) count?.('defects', { code });
}

/** A reason without what belongs to this one letter: numbers, and what stands behind a colon or in brackets. */
export const reasonOf = (silence: string): string =>
  silence
    .replace(/[:(].*$/s, '')
    .replaceAll(/\d+/g, 'N')
    .trim();
