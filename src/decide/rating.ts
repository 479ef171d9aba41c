// A customer's mark for the solution: it stands on the ticket, which stays resolved; a low one is told to the leads. Whoever
// asks something below the mark writes to the desk as well.

import { LOW_MARK, type Rating, ratingIn } from '../desk/rating.ts';
import type { Ticket } from '../desk/tickets.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import { acknowledgementFor } from './acknowledgement.ts';
import type { Case } from './case.ts';
import type { Change, Decision, Notification } from './decision.ts';
import { filedFromPerson } from './entry.ts';
import { type Heard, notificationsFor } from './notify.ts';
import { doubtOfPerson } from './weak.ts';

/** The mark that a letter gives the solution of its ticket; null for every other letter. */
export function ratingOf(c: Case, match: ThreadMatch): Rating | null {
  const { message, attachments } = c.letter;
  if (match.ticket.state !== 'resolved' || doubtOfPerson(c, match) !== null) return null;
  return attachments.some((file) => !file.inlined) ? null : ratingIn(message.reply);
}

export const rated = ({ ticket }: ThreadMatch, { mark }: Rating): Change => ({ kind: 'rate', ticket: ticket.id, mark });

/** Decides on a letter that is a mark and no more. */
export function decideRating(c: Case, match: ThreadMatch, rating: Rating): Decision {
  const { ticket } = match;
  const answer = acknowledgementFor(c, ticket.id, 'rating', ticket.language, { mark: String(rating.mark) });
  return {
    disposition: 'appended',
    because: `a mark of ${rating.mark} for [#${ticket.number}] by ${match.by} (${match.entitled}): stays resolved`,
    changes: [rated(match, rating), ...filedFromPerson(c, ticket.id, 'rating')],
    responses: [
      ...('response' in answer ? [answer.response] : []),
      ...(rating.mark > LOW_MARK ? [] : newsOfLowMark(c, ticket)),
    ],
    silence: 'silence' in answer ? answer.silence : null,
  };
}

/** Who is told of a low mark: the leads, or the operators concerned where the desk has none. */
export function newsOfLowMark(
  { rules, ...heard }: Heard,
  { id, assignee, level, requester }: Pick<Ticket, 'id' | 'assignee' | 'level' | 'requester'>,
): readonly Notification[] {
  const leads = rules.operators.filter(({ role }) => role === 'lead').map((lead) => ({ ...lead, notify: true }));
  const [operators, owner] = leads.length > 0 ? [leads, null] : [rules.operators, assignee];
  const ticket = { ticket: id, assignee: owner, level, requester };
  return notificationsFor({ ...heard, rules: { ...rules, operators } }, ticket, 'rating');
}
