// What an admin changes on a ticket by hand.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { ticketFollowed } from './lookup.ts';
import { moveTicket } from './move-ticket.ts';
import type { Tables } from './schema.ts';

/** A ticket that was set, and the state it was in. */
export interface StateSet {
  readonly ticket: number;
  readonly was: TicketState;
}

/** Moves a ticket to a state; of a merged one, that in which it goes on. Null where there is no such ticket. */
export async function setState(
  db: Kysely<Tables>,
  id: number,
  state: TicketState,
  now: number,
): Promise<StateSet | null> {
  return db.transaction().execute(async (trx) => {
    const ticket = await ticketFollowed(trx, id);
    if (!ticket) return null;
    if (ticket.state !== state) {
      await moveTicket(trx, { ticket: ticket.id, from: ticket.state, to: state, by: 'admin', because: 'by hand' }, now);
    }
    return { ticket: ticket.id, was: ticket.state };
  });
}
