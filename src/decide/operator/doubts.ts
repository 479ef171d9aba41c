// Why a letter from an operator's address is not believed: a token that only the operator can have, From, and where the desk's
// server checks senders its pass, all three together. The first reason is told.

import type { Case } from '../case.ts';
import type { DeskStanding } from './standing.ts';

type Doubt = (c: Case, standing: DeskStanding) => string | null;

const DOUBTS: readonly Doubt[] = [
  ({ letter }) => (letter.proof.result === 'fail' ? 'sender-failed' : null),
  ({ letter, rules }) => (rules.passNeeded && letter.proof.result !== 'pass' ? 'sender-not-proven' : null),
  (_c, { tokens }) => (tokens.length === 0 ? 'no-token' : null),
];

/** The first doubt, as a code that the templates have a sentence for; null for a letter that is the operator's. */
export function doubtOf(c: Case, standing: DeskStanding): string | null {
  for (const doubt of DOUBTS) {
    const found = doubt(c, standing);
    if (found !== null) return found;
  }
  return null;
}
