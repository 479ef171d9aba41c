// A person's letter to a ticket that this person may write to.

import { isThanks } from '../desk/thanks.ts';
import { moved } from '../desk/tickets.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import { acknowledgementFor } from './acknowledgement.ts';
import type { Case } from './case.ts';
import type { Change, Decision } from './decision.ts';
import { filedFromPerson } from './entry.ts';
import { decideNewTicket } from './stranger.ts';

/**
 * The letter becomes an entry; a ticket that waited for the customer or was resolved is open again, unless all it
 * says is thanks, or the desk opens a new one after so many days.
 */
export function decideRequester(c: Case, match: ThreadMatch): Decision {
  const { ticket } = match;
  const { message, attachments } = c.letter;
  if (isStale(c, match)) return decideNewTicket(c, match);
  const thanks = ticket.state === 'resolved' && isThanks(message.reply, attachments.length > 0);
  const to = thanks ? ticket.state : moved(ticket.state, 'customer-wrote');
  const move: readonly Change[] =
    to === ticket.state ? [] : [{ kind: 'move-ticket', ticket: ticket.id, from: ticket.state, to }];
  const answer = acknowledgementFor(c, ticket.id, 'brief', ticket.language);
  return {
    disposition: 'appended',
    because: `belongs to [#${ticket.number}] by ${match.by} (${match.entitled})${thanks ? ', nothing but thanks: stays resolved' : ''}`,
    changes: [...filedFromPerson(c, ticket.id, thanks ? 'thanks' : 'customer'), ...move],
    responses: 'response' in answer ? [answer.response] : [],
    silence: 'silence' in answer ? answer.silence : null,
  };
}

const DAY = 86_400_000;

function isStale(c: Case, { ticket }: ThreadMatch): boolean {
  const { reopenDays } = c.rules;
  return ticket.state === 'resolved' && reopenDays !== null && c.now - ticket.stateSince > reopenDays * DAY;
}
