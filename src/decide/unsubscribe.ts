// Somebody wants no more announcements: noted, and nobody has to read it.

import type { Case } from './case.ts';
import type { Decision } from './decision.ts';

/** Takes a case whose letter asks for it; null where its From is nobody's, or proven false. */
export function decideUnsubscribe({ author, letter: { proof } }: Case): Decision | null {
  if (author === null || proof.result === 'fail') return null;
  return {
    disposition: 'automatic',
    because: `${author.identity} wants no more announcements`,
    changes: [{ kind: 'unsubscribe', address: author.identity }],
    responses: [],
    silence: 'it only asks for no more announcements',
  };
}
