// A person's letter to a ticket that this person may write to.

import { LOW_MARK } from '../desk/rating.ts';
import { isThanks } from '../desk/thanks.ts';
import { moved } from '../desk/tickets.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import { acknowledgementFor } from './acknowledgement.ts';
import type { Case } from './case.ts';
import type { Change, Decision, Notification } from './decision.ts';
import { filedFromPerson } from './entry.ts';
import { notificationsFor } from './notify.ts';
import { decideRating, newsOfLowMark, rated, ratingOf } from './rating.ts';
import { reactionWords, startClock, timesOf } from './reaction.ts';
import { noted, requestOf } from './request.ts';
import { decideNewTicket } from './stranger.ts';
import { doubtOfPerson } from './weak.ts';

/**
 * A mark for the solution is one. Every other letter becomes an entry; a ticket that waited for the customer or was resolved is open again, unless all it
 * says is thanks, or its marks leave a doubt that a person wrote it, or the desk opens a new one after so many days.
 */
export function decideRequester(c: Case, match: ThreadMatch): Decision {
  const { ticket } = match;
  const rating = ratingOf(c, match);
  if (rating && !rating.reopens) return decideRating(c, match, rating);
  const rest = atRest(c, match);
  if (rest === null && isStale(c, match)) return decideNewTicket(c, match);
  const to = rest === null ? moved(ticket.state, 'customer-wrote') : ticket.state;
  const move: readonly Change[] =
    to === ticket.state
      ? []
      : [
          {
            kind: 'move-ticket',
            ticket: ticket.id,
            from: ticket.state,
            to,
            by: 'kvitok',
            because: 'the customer wrote',
          },
        ];
  const times = timesOf(c, ticket.level);
  const clock = rest === null ? startClock(c, ticket.id, to, times) : [];
  // the oldest letter that waits rules the deadline
  const dueAt = Math.min(ticket.dueAt ?? times.dueAt, times.dueAt);
  const answer = acknowledgementFor(
    c,
    ticket.id,
    c.letter.oversize === null ? 'brief' : 'oversize',
    ticket.language,
    clock.length > 0 ? reactionWords(c, ticket.level, dueAt, ticket.language) : {},
    ticket.state === 'resolved' && to !== 'resolved' ? 'reopened' : 'added',
  );
  const told = notificationsFor(c, { ...ticket, ticket: ticket.id });
  return {
    disposition: 'appended',
    because: `belongs to [#${ticket.number}] by ${match.by} (${match.entitled})${rest?.because ?? ''}`,
    changes: [
      ...(rating ? [rated(match, rating)] : []),
      ...(rest === null ? noted(ticket.id, requestOf(c)) : []),
      ...filedFromPerson(c, ticket.id, rest?.kind ?? 'customer'),
      ...move,
      ...clock,
    ],
    responses: [
      ...('response' in answer ? [answer.response] : []),
      ...told,
      ...(rating !== null && rating.mark <= LOW_MARK ? newsOfLowMark(c, ticket).filter(isNews(told)) : []),
    ],
    silence: 'silence' in answer ? answer.silence : null,
  };
}

/** A lead who reads the letter itself sees its mark there. */
const isNews =
  (told: readonly Notification[]) =>
  ({ to }: Notification): boolean =>
    !told.some((one) => one.to.identity === to.identity);

/** A letter that leaves the state of its ticket alone, and how it is filed; null for every other. */
function atRest(c: Case, match: ThreadMatch): { kind: 'thanks' | 'customer'; because: string } | null {
  const { message, attachments } = c.letter;
  const { ticket } = match;
  // a vacation notice that only its words betray answers every answer of ours: it must not reopen what was resolved
  const doubt = doubtOfPerson(c, match);
  if (doubt !== null) return { kind: 'customer', because: `, ${doubt}: stays ${ticket.state}` };
  if (ticket.state !== 'resolved' || !isThanks(message.reply, attachments.length > 0)) return null;
  return { kind: 'thanks', because: ', nothing but thanks: stays resolved' };
}

const DAY = 86_400_000;

function isStale(c: Case, { ticket }: ThreadMatch): boolean {
  const { reopenDays } = c.rules;
  return ticket.state === 'resolved' && reopenDays !== null && c.now - ticket.stateSince > reopenDays * DAY;
}
