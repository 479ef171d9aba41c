// A ticket that commands gave to somebody else, or to development: whom it concerns from now on gets the customer's last letter,
// without which he could not answer.

import { concerned } from '../../desk/operators.ts';
import type { Ticket } from '../../desk/tickets.ts';
import type { Case } from '../case.ts';
import type { Notification } from '../decision.ts';
import { notificationsFor } from '../notify.ts';
import type { DeskStanding } from './standing.ts';

/** Notifications for those whom the ticket did not concern before. Takes the ticket as the commands leave it. */
export function tellNewlyConcerned(c: Case, standing: DeskStanding, now: Ticket | null): readonly Notification[] {
  const { conversation } = standing;
  const last = conversation?.said.findLast(({ kind }) => kind === 'customer' || kind === 'thanks');
  if (!conversation || !last || now?.id !== conversation.ticket.id) return [];
  const before = concerned(c.rules.operators, { ...conversation.ticket, except: [] });
  // a hand-over that is told here as one is not told again by the clock that looks for those nobody has told
  const handed = now.level === 'development' && conversation.ticket.level !== 'development';
  return notificationsFor(c, { ...now, ticket: now.id }, handed ? 'handover' : 'letter')
    .filter(({ to }) => !before.some(({ identity }) => identity === to.identity))
    .map((notification) => ({ ...notification, entry: last.entry }));
}
