// What an admin changes on a ticket by hand.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { moveTicket } from './move-ticket.ts';
import type { Tables } from './schema.ts';

/** Moves a ticket to a state. Gives the state it was in, or null where there is no such ticket. */
export async function setState(
  db: Kysely<Tables>,
  id: number,
  state: TicketState,
  now: number,
): Promise<TicketState | null> {
  return db.transaction().execute(async (trx) => {
    const ticket = await trx.selectFrom('tickets').select('state').where('id', '=', id).executeTakeFirst();
    if (!ticket) return null;
    if (ticket.state !== state) {
      await moveTicket(trx, { ticket: id, from: ticket.state, to: state, by: 'admin', because: 'by hand' }, now);
    }
    return ticket.state;
  });
}
