// Who wrote a letter: a person, or which kind of machine (RFC 3834, 3464, 5965, 8098, 2369). A decoded letter and its
// envelope go in, a kind comes out with the rule that decided and what it saw. In doubt it is a person.

import type { Classification, Ours } from '../mail/classification.ts';
import type { Letter } from './finding.ts';
import { RULES, RULES_FOR_FORMS } from './rules.ts';

const HUMAN: Classification = Object.freeze({ kind: 'human', rule: 'none', evidence: '' });

/** The first rule with a finding decides. Total: never throws, whatever the letter holds. */
export function classify(letter: Letter, ours: Ours): Classification {
  for (const rule of letter.via?.kind === 'form' ? RULES_FOR_FORMS : RULES) {
    const found = rule(letter, ours);
    if (found) return found;
  }
  return HUMAN;
}
