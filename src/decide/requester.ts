// A person's letter to a ticket that this person may write to.

import { moved } from '../desk/tickets.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import { acknowledgementFor } from './acknowledgement.ts';
import type { Case } from './case.ts';
import type { Change, Decision } from './decision.ts';
import { filed } from './entry.ts';

/** The letter becomes an entry; a ticket that waited for the customer or was resolved is open again. */
export function decideRequester(c: Case, match: ThreadMatch): Decision {
  const { ticket } = match;
  const to = moved(ticket.state, 'customer-wrote');
  const move: readonly Change[] =
    to === ticket.state ? [] : [{ kind: 'move-ticket', ticket: ticket.id, from: ticket.state, to }];
  const answer = acknowledgementFor(c, ticket.id, 'brief', ticket.language);
  return {
    disposition: 'appended',
    because: `belongs to [#${ticket.number}] by ${match.by}, and the writer may write there`,
    changes: [...filed(c, ticket.id, 'customer'), ...move],
    responses: 'response' in answer ? [answer.response] : [],
    silence: 'silence' in answer ? answer.silence : null,
  };
}
