// What a move of a ticket does to the clocks of its letters, in the transaction of the move.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { restartClocks, stopClocks } from './clocks.ts';
import type { Tables } from './schema.ts';

/** Whether an answer is still on its way. */
async function answerUnderWay(trx: Kysely<Tables>, ticket: number): Promise<boolean> {
  const row = await trx
    .selectFrom('outbox')
    .select('id')
    .where('ticket_id', '=', ticket)
    .where('kind', '=', 'answer')
    .where('state', 'in', ['queued', 'sending'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Stops or restarts the clocks of a ticket that was moved at `at`. */
export async function clocksAfterMove(
  trx: Kysely<Tables>,
  {
    ticket,
    from,
    to,
    by,
  }: { readonly ticket: number; readonly from: TicketState; readonly to: TicketState; readonly by: string },
  at: number,
): Promise<void> {
  if (to === 'spam' || to === 'merged') return stopClocks(trx, ticket, to, at);
  // an answer that closes the ticket stops them itself, when it has left
  if (to === 'resolved' && !(await answerUnderWay(trx, ticket))) return stopClocks(trx, ticket, 'resolved', at);
  // undone by hand; a customer's letter has a clock of its own
  if ((from === 'spam' || from === 'resolved') && by !== 'kvitok' && (to === 'new' || to === 'open'))
    return restartClocks(trx, ticket);
}
