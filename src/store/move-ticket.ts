// A ticket moves from one state to another.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { clocksAfterMove } from './clocks-of-move.ts';
import { recordEvent } from './events.ts';
import type { Tables } from './schema.ts';

/** Where a ticket goes, by whom and why. */
export interface Move {
  readonly ticket: number;
  readonly from: TicketState;
  readonly to: TicketState;
  /** Normalised address of an operator, `admin`, or `kvitok`. */
  readonly by: string;
  readonly because: string;
}

/** Compare and set: a ticket that is no longer in the state the decision saw fails the transaction, and the letter is decided again. */
export async function moveTicket(
  trx: Kysely<Tables>,
  move: Move,
  now: number,
  letter: number | null = null,
): Promise<void> {
  const { ticket, from, to, by, because } = move;
  const done = await trx
    .updateTable('tickets')
    .set({ state: to, state_since: now, changed_at: now })
    .where('id', '=', ticket)
    .where('state', '=', from)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) throw new Error(`ticket ${ticket} is no longer ${from}`);
  await recordEvent(trx, ticket, { kind: 'state', by, was: from, became: to, because }, now, letter);
  await clocksAfterMove(trx, move, now);
}
