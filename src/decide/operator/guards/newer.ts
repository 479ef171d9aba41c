// A letter of the customer, or another operator's answer, that came after what this operator had before him.

import { type Guard, unlessConfirmed } from '../guard.ts';
import type { DeskStanding, Said } from '../standing.ts';

/** Up to which entry the operator had read the ticket. */
export const readUpTo = ({ confirmed, tokens }: DeskStanding): number =>
  Math.max(confirmed?.entry ?? 0, ...tokens.map(({ entry }) => entry));

/** What the operator has not seen, oldest first. */
export function unseen(standing: DeskStanding, said: readonly Said[]): readonly Said[] {
  const known = readUpTo(standing);
  const operator = standing.operator.identity;
  return said.filter(
    ({ entry, kind, author }) => entry > known && (kind === 'customer' || (kind === 'answer' && author !== operator)),
  );
}

export const newer: Guard = ({ standing, conversation }) => {
  const [first] = unseen(standing, conversation.said);
  return first ? unlessConfirmed(first.kind === 'answer' ? 'answered-by-other' : 'customer-wrote', '') : null;
};
