// What of the waiting tickets an operator has before him in the morning: his own, and those that are nobody's yet.

import { concerned, type Operator } from './operators.ts';
import type { Level } from './tickets.ts';

export interface WaitingTicket {
  readonly assignee: string | null;
  readonly level: Level;
  readonly requester: string;
}

export interface Digest<T> {
  readonly own: readonly T[];
  readonly others: readonly T[];
}

/** Whether an operator is told what was set aside: developers work on what was handed to them. */
export const hearsOfAside = ({ role, notify }: Operator): boolean => role !== 'developer' && notify;

/** Sorts waiting tickets for one operator, in their order. */
export function digestFor<T extends WaitingTicket>(
  operator: Operator,
  operators: readonly Operator[],
  tickets: readonly T[],
): Digest<T> {
  const his = tickets.filter(({ assignee, level, requester }) =>
    concerned(operators, { assignee, level, except: [requester] }).some(
      ({ identity }) => identity === operator.identity,
    ),
  );
  const isOwn = ({ assignee }: T) => assignee === operator.identity;
  return { own: his.filter(isOwn), others: his.filter((ticket) => !isOwn(ticket)) };
}
