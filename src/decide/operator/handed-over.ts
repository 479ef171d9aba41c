// What colleagues hear of commands: that a ticket is theirs now, or concerns them from now on, with the customer's last letter,
// without which they could not answer; and what was noted for the desk.

import type { CarriedOut } from '../../desk/commands/carry-out.ts';
import { concerned } from '../../desk/operators.ts';
import type { Ticket } from '../../desk/tickets.ts';
import type { Case } from '../case.ts';
import type { Notification } from '../decision.ts';
import { notificationsFor } from '../notify.ts';
import type { DeskStanding } from './standing.ts';

/** One letter at most to each colleague: who is given the ticket reads the note in that letter. */
export function tellColleagues(
  c: Case,
  standing: DeskStanding,
  { ticket, internal }: Pick<CarriedOut, 'ticket' | 'internal'>,
): readonly Notification[] {
  if (ticket === null) return [];
  const handed = tellNewlyConcerned(c, standing, ticket);
  const noted =
    internal === null || !c.rules.notesTold ? [] : notificationsFor(c, { ...ticket, ticket: ticket.id }, 'note');
  return [...handed, ...noted.filter(({ to }) => !handed.some((one) => one.to.identity === to.identity))];
}

/** What letters to operators cover, for the one who asked, at the address that the configuration has for him. */
export function tellAccess(
  { rules }: Case,
  { operator, conversation }: DeskStanding,
  { uncover }: Pick<CarriedOut, 'uncover'>,
): readonly Notification[] {
  const last = conversation?.said.at(-1);
  if (!uncover || !conversation || !last) return [];
  const { identity, address, name } = operator;
  const { id: ticket } = conversation.ticket;
  const to = { identity, address, name };
  return [{ kind: 'notification', form: 'access', ticket, entry: last.entry, to, language: rules.language }];
}

/** For those whom the ticket did not concern before, and for whom it was given to. Takes the ticket as the commands leave it. */
function tellNewlyConcerned(c: Case, { conversation }: DeskStanding, now: Ticket): readonly Notification[] {
  if (!conversation || now.id !== conversation.ticket.id) return [];
  const last =
    conversation.said.findLast(({ kind }) => kind === 'customer' || kind === 'thanks') ?? conversation.said.at(-1);
  if (!last) return [];
  const was = conversation.ticket;
  const before = concerned(c.rules.operators, { ...was, except: [] });
  const given = now.assignee === was.assignee ? null : now.assignee;
  // a hand-over that is told here as one is not told again by the clock that looks for those nobody has told
  const handed = now.level === 'development' && was.level !== 'development';
  return notificationsFor(c, { ...now, ticket: now.id }, handed ? 'handover' : 'letter')
    .filter(({ to }) => to.identity === given || !before.some(({ identity }) => identity === to.identity))
    .map((told) => ({ ...told, ...(told.to.identity === given ? { form: 'assignment' } : {}), entry: last.entry }));
}
