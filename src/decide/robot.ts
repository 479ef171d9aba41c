// A letter that no person wrote: kept on its ticket where it holds proof of one, else set aside where people can see it.
// It is never answered (RFC 3834 §2) and changes no state, but that an answer of ours which came back waits to be written anew.

import { isDaemonAddress } from '../classify/sender.ts';
import { identity } from '../mail/address.ts';
import { kindInWords } from '../mail/classification.ts';
import { sameOrganisation } from '../proof/organisation.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import type { Case } from './case.ts';
import type { Change, Decision, Disposition } from './decision.ts';
import { filed } from './entry.ts';
import { afterAnswer } from './operator/outcome.ts';

/** Files automatic mail. */
export function decideRobot(c: Case): Decision {
  const { classification } = c.letter;
  const { kind, rule } = classification;
  const match = c.match?.entitled != null ? c.match : null;
  const disposition: Disposition = kind === 'own-mail' ? 'own' : kind === 'delivery-report' ? 'bounce' : 'automatic';
  const silence = `automatic mail (${rule})`;
  if (kind === 'own-mail' || match === null) {
    return { disposition, because: `${kindInWords(classification)}, set aside`, changes: [], responses: [], silence };
  }
  const failed = failedAnswer(c, match);
  return {
    disposition,
    because: `${kindInWords(classification)}, filed on [#${match.ticket.number}] by ${match.by}`,
    changes: [
      ...filed(c, match.ticket.id, kind === 'delivery-report' ? 'bounce' : 'automatic'),
      ...suspension(c, match),
      ...failed.changes,
    ],
    responses: failed.responses,
    silence,
  };
}

/** A permanent failure (RFC 3463 class 5) suspends the address that our letter did not reach. */
function suspension(c: Case, match: ThreadMatch): readonly Change[] {
  if (!isFailure(c, match)) return [];
  return believed(c).map((address) => ({ kind: 'suspend-address', address, because: reasonOf(c) }));
}

/**
 * Whom our letter did not reach: by our own record of it, for a report may name the address that a mailbox forwards to. Only
 * where the letter went to several does the report say which; where it names none of them nobody can tell.
 */
function missed({ bouncedTo, letter: { report } }: Case): readonly string[] {
  if (bouncedTo.length === 1) return bouncedTo;
  const named = new Set((report?.recipients ?? []).map(identity));
  return bouncedTo.filter((address) => named.has(address));
}

/**
 * Of whom that is more than somebody's word. Each reader of a letter knows its Message-ID, so that one of several may write a
 * report about another; the other's own mail system, or the desk's, speaks where it is proven.
 */
function believed(c: Case): readonly string[] {
  const { bouncedTo, letter, rules } = c;
  if (bouncedTo.length === 1) return bouncedTo;
  const author = letter.message.author?.address ?? '';
  if (letter.proof.result !== 'pass' || !isDaemonAddress(author)) return [];
  const speaksFor = (address: string) => sameOrganisation(domainOf(author), domainOf(address));
  return missed(c).filter((address) => speaksFor(address) || speaksFor(rules.deskAddress));
}

/** What follows for the ticket from an answer that came back, and that its writer hears of it. */
function failedAnswer(c: Case, match: ThreadMatch): Pick<Decision, 'changes' | 'responses'> {
  const { bouncedAnswer: answer } = c;
  if (answer === null || !isFailure(c, match)) return { changes: [], responses: [] };
  const people = c.letter.report?.recipients ?? [];
  const lost = missed(c);
  const certain = believed(c);
  // An unverified report moves nothing: to that end the customer counts as one who has his answer.
  const reached = certain.length === 0 || !certain.includes(answer.recipient);
  const { changes, responses } = afterAnswer({
    ...answer,
    how: certain.length === 0 ? 'unverified' : reached ? 'partly' : 'failed',
    ticket: match.ticket,
    operator: c.rules.operators.find((one) => one.identity === answer.writer) ?? null,
    people: people.length > 0 ? people : lost.length > 0 ? lost : [answer.recipient],
    reached,
    reason: reasonOf(c),
    language: c.rules.language,
    timetable: c.rules.timetable,
    at: c.letter.receivedAt,
  });
  const apart = changes.map((change) =>
    change.kind === 'append-entry' ? { ...change, apart: true as const } : change,
  );
  return { changes: apart, responses };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** A report of a lasting failure that holds a signed Message-ID of ours; without it a report mutes and moves nothing. */
function isFailure({ letter: { report } }: Case, match: ThreadMatch): boolean {
  const proven = match.by === 'our-message-id' && match.entitled === 'signed';
  return proven && report?.action === 'failed' && (report.status === null || report.status.startsWith('5'));
}

const reasonOf = ({ letter: { report } }: Case): string =>
  `${report?.status ?? 'failed'} ${report?.diagnostic ?? ''}`.trim();
