// The history of a ticket, written in the transaction that changes it.

import type { Kysely } from 'kysely';
import type { TicketEventFacts } from '../desk/events.ts';
import type { Tables } from './schema.ts';

/** Writes down what was changed on a ticket, by which letter where one did it. */
export async function recordEvent(
  trx: Kysely<Tables>,
  ticket: number,
  { kind, by, was, became, because }: TicketEventFacts,
  at: number,
  letter: number | null = null,
): Promise<void> {
  await trx
    .insertInto('events')
    .values({ ticket_id: ticket, at, kind, by_whom: by, was, became, because, letter_id: letter })
    .execute();
}

/** What was changed on a ticket, oldest first. */
export async function eventsOf(db: Kysely<Tables>, ticket: number) {
  return db.selectFrom('events').selectAll().where('ticket_id', '=', ticket).orderBy('id').execute();
}
