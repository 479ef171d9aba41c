// A letter that no person wrote: kept on its ticket where it holds proof of one, else set aside where people can see it.
// It changes no state and is never answered (RFC 3834 §2).

import type { Case } from './case.ts';
import type { Decision, Disposition } from './decision.ts';
import { filed } from './entry.ts';

/** Files automatic mail. */
export function decideRobot(c: Case): Decision {
  const { kind, rule } = c.letter.classification;
  const match = c.match?.entitled ? c.match : null;
  const disposition: Disposition = kind === 'own-mail' ? 'own' : kind === 'delivery-report' ? 'bounce' : 'automatic';
  const silence = `automatic mail (${rule})`;
  if (kind === 'own-mail' || match === null) {
    return { disposition, because: `${kind} by rule ${rule}, set aside`, changes: [], responses: [], silence };
  }
  return {
    disposition,
    because: `${kind} by rule ${rule}, filed on [#${match.ticket.number}] by ${match.by}`,
    changes: filed(c, match.ticket.id, kind === 'delivery-report' ? 'bounce' : 'automatic'),
    responses: [],
    silence,
  };
}
