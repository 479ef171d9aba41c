// Somebody wants no more announcements: noted, and nobody has to read it. From alone is no wish of its owner.

import type { Case } from './case.ts';
import type { Decision } from './decision.ts';

/** Takes a case whose letter asks for it; null where neither a token nor a proof of its sender stands for that: people look at it. */
export function decideUnsubscribe({ unsubscribes, letter: { proof } }: Case): Decision | null {
  if (unsubscribes === null || (!unsubscribes.signed && proof.result !== 'pass')) return null;
  const { address } = unsubscribes;
  return {
    disposition: 'automatic',
    because: `${address} wants no more announcements`,
    changes: [{ kind: 'unsubscribe', address }],
    responses: [],
    silence: 'it only asks for no more announcements',
  };
}
