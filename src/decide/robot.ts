// A letter that no person wrote: kept on its ticket where it holds proof of one, else set aside where people can see it.
// It changes no state and is never answered (RFC 3834 §2).

import type { ThreadMatch } from '../thread/choose.ts';
import type { Case } from './case.ts';
import type { Change, Decision, Disposition } from './decision.ts';
import { filed } from './entry.ts';

/** Files automatic mail. */
export function decideRobot(c: Case): Decision {
  const { kind, rule } = c.letter.classification;
  const match = c.match?.entitled != null ? c.match : null;
  const disposition: Disposition = kind === 'own-mail' ? 'own' : kind === 'delivery-report' ? 'bounce' : 'automatic';
  const silence = `automatic mail (${rule})`;
  if (kind === 'own-mail' || match === null) {
    return { disposition, because: `${kind} by rule ${rule}, set aside`, changes: [], responses: [], silence };
  }
  return {
    disposition,
    because: `${kind} by rule ${rule}, filed on [#${match.ticket.number}] by ${match.by}`,
    changes: [
      ...filed(c, match.ticket.id, kind === 'delivery-report' ? 'bounce' : 'automatic'),
      ...suspension(c, match),
    ],
    responses: [],
    silence,
  };
}

/**
 * A permanent failure (RFC 3463 class 5) suspends the address that our letter went to: by our own record of it, not by
 * what the report says. A report that does not hold a signed Message-ID of ours mutes nobody.
 */
function suspension(c: Case, match: ThreadMatch): readonly Change[] {
  const { report } = c.letter;
  const proven = match.by === 'our-message-id' && match.entitled === 'signed';
  if (!report || !proven || c.bouncedTo === null || report.action !== 'failed') return [];
  if (report.status !== null && !report.status.startsWith('5')) return [];
  const because = `${report.status ?? 'failed'} ${report.diagnostic ?? ''}`.trim();
  return [{ kind: 'suspend-address', address: c.bouncedTo, because }];
}
