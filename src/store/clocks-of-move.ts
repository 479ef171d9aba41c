// What a move of a ticket does to the clocks of its letters, in the transaction of the move.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { restartClocks, stopClocks } from './clocks.ts';
import type { Tables } from './schema.ts';

interface Moved {
  readonly ticket: number;
  readonly from: TicketState;
  readonly to: TicketState;
  readonly by: string;
}

/** Stops or restarts the clocks of a ticket that was moved at `at`. */
export async function clocksAfterMove(trx: Kysely<Tables>, move: Moved, at: number): Promise<void> {
  const { ticket, from, to, by } = move;
  if (to === 'spam' || to === 'merged') return stopClocks(trx, ticket, to, at);
  // an answer that closes the ticket stops the clocks before it when it has left
  if (to === 'resolved') return stopClocks(trx, ticket, 'resolved', at, await answerUnderWay(trx, ticket));
  // undone by hand; a customer's letter has a clock of its own
  if ((from === 'spam' || from === 'resolved') && by !== 'kvitok' && (to === 'new' || to === 'open'))
    return restartClocks(trx, ticket);
}

/** The entry of the last answer that was written and has not left yet; 0 where there is none. */
async function answerUnderWay(trx: Kysely<Tables>, ticket: number): Promise<number> {
  const row = await trx
    .selectFrom('entries')
    .leftJoin('outbox', (join) =>
      join
        .onRef('outbox.ticket_id', '=', 'entries.ticket_id')
        .onRef('outbox.entry_id', '=', 'entries.id')
        .on('outbox.kind', '=', 'answer'),
    )
    .select((e) => e.fn.max('entries.id').as('entry'))
    .where('entries.ticket_id', '=', ticket)
    .where('entries.kind', '=', 'answer')
    // in the transaction that decided on it the answer may not be in the outbox yet
    .where((e) => e.or([e('outbox.id', 'is', null), e('outbox.state', 'in', ['queued', 'sending'])]))
    .executeTakeFirst();
  return row?.entry ?? 0;
}
