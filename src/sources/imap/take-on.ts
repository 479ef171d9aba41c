// What becomes of the letters that lay in a mailbox before kvitok did: `startFrom` of the configuration, as a pure rule.
// Connecting an old mailbox must never acknowledge years of letters.

import type { Baseline } from '../../store/ledger.ts';

/** `leave`: never fetched. `look`: the rule must see INTERNALDATE first. `take`: fetched, without an acknowledgement where `silent` says why. */
export type Fate =
  | { readonly kind: 'take'; readonly silent?: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'look' };

const DAY = 86_400_000;
const TAKE: Fate = Object.freeze({ kind: 'take' });
const LEAVE: Fate = Object.freeze({ kind: 'leave' });
const LOOK: Fate = Object.freeze({ kind: 'look' });

/**
 * Decides about one UID. `arrivedAt` is INTERNALDATE in epoch milliseconds, or null while it is not known;
 * `startFrom` is `now`, `all` or a date (ISO 8601; without a time: from midnight UTC).
 */
export function fateOf(uid: number, arrivedAt: number | null, startFrom: string, baseline: Baseline): Fate {
  if (uid >= baseline.uidNext) return TAKE;
  if (startFrom === 'now' && !baseline.renumbered) return LEAVE;
  const from = earliest(startFrom, baseline);
  if (from !== null && arrivedAt === null) return LOOK;
  if (from !== null && arrivedAt !== null && arrivedAt < from) return LEAVE;
  // Under a new UIDVALIDITY every letter has a new name: it is fetched again, and the store knows it by its digest.
  if (baseline.renumbered) return { kind: 'take', silent: 'the mailbox was renumbered' };
  return startFrom === 'all' ? { kind: 'take', silent: 'was in the mailbox before kvitok' } : TAKE;
}

function earliest(startFrom: string, baseline: Baseline): number | null {
  if (startFrom === 'all') return null;
  // A day's grace: a letter's INTERNALDATE is the server's clock, the baseline ours.
  return startFrom === 'now' ? baseline.takenOnAt - DAY : Date.parse(startFrom);
}
