// A letter with a weak mark on a ticket that is there. People write such letters, and so do robots that answer ours: those
// don't know our signature only where they answer at once, or say themselves what they are.

import { hasWordsOfMachine, weightOf } from '../mail/classification.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import type { Case } from './case.ts';

/** A robot answers within seconds; nobody reads our letter and writes back within this time. */
const AT_ONCE_MS = 2 * 60_000;

/** Whether a letter with a weak mark came sooner than anybody writes back. */
export const cameAtOnce = ({ letter: { classification, receivedAt }, answeredAt }: Case): boolean =>
  weightOf(classification) === 'weak' && answeredAt !== null && receivedAt - answeredAt <= AT_ONCE_MS;

/**
 * Why a letter changes neither state nor clock of its ticket though a person may have written it; null where it is a
 * person's: it has no mark, somebody released it as one, or it holds a token of ours, no words of a machine, and came more than two minutes after the
 * letter of ours that it answers.
 */
export function doubtOfPerson(c: Case, match: ThreadMatch): string | null {
  const { classification } = c.letter;
  if (weightOf(classification) === 'none' || c.released !== null) return null;
  const { rule } = classification;
  if (hasWordsOfMachine(classification)) return `its words look automatic (${rule})`;
  const marked = `it bears a mark of automatic mail (${rule})`;
  if (match.entitled !== 'signed') return `${marked} and holds no token of ours`;
  return cameAtOnce(c) ? `${marked} and came at once` : null;
}
