// Other tickets of the customer, for operators: those that wait, and the one that a new ticket seems to go on with.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { followedBy } from '../thread/follower.ts';
import type { Tables } from './schema.ts';

/** Tickets that are looked at, newest first. */
const LOOKED_AT = 50;
const CANDIDATES: readonly TicketState[] = ['new', 'open', 'waiting', 'deferred', 'resolved'];
/** What was resolved longer ago is hardly gone on with. */
const RESOLVED_WITHIN = 30 * 86_400_000;

/** `open`: the customer's other tickets that are not ended, newest first. */
export async function ticketsBeside(
  db: Kysely<Tables>,
  ticket: {
    readonly id: number;
    readonly requester: string;
    readonly client_id: number | null;
    readonly opened_at: number;
  },
  subject: string,
) {
  const { id, requester, client_id, opened_at } = ticket;
  if (requester === '') return { open: [], follows: null };
  const rows = await db
    .selectFrom('tickets')
    .select(['id', 'number', 'subject', 'state', 'requester'])
    .where('id', '!=', id)
    .where('state', 'in', CANDIDATES)
    .where((e) =>
      e.or([e('requester', '=', requester), ...(client_id === null ? [] : [e('client_id', '=', client_id)])]),
    )
    .where((e) => e.or([e('state', '!=', 'resolved'), e('state_since', '>', opened_at - RESOLVED_WITHIN)]))
    .orderBy('id', 'desc')
    .limit(LOOKED_AT)
    .execute();
  const others = rows.map((row) => ({ ...row, own: row.requester === requester }));
  return {
    open: others.filter(({ own, state }) => own && state !== 'resolved'),
    follows: followedBy(id, subject, others),
  };
}
