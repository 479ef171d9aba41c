// What explains the deadline of a ticket: its letters that waited or wait, and what was changed on it.

import type { Kysely } from 'kysely';
import { eventsOf } from './events.ts';
import type { Tables } from './schema.ts';

/** A ticket with its clocks, oldest letter first, and its history; null where there is none. */
export async function explainedTicket(db: Kysely<Tables>, id: number) {
  const ticket = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
  if (!ticket) return null;
  const clocks = await db
    .selectFrom('clocks')
    .innerJoin('entries', 'entries.id', 'clocks.entry_id')
    .selectAll('clocks')
    .select('entries.author')
    .where('clocks.ticket_id', '=', id)
    .orderBy('clocks.started_at')
    .orderBy('clocks.id')
    .execute();
  return { ticket, clocks, events: await eventsOf(db, id) };
}
