// Tickets as people look at them.

import type { Kysely } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { ticketClient } from './clients.ts';
import type { Tables } from './schema.ts';
import { searchTickets } from './search.ts';
import { ticketsBeside } from './tickets-beside.ts';
import { copiedIn, defectsIn } from './told.ts';

/** Tickets for a listing, newest first; `search` keeps those in which every word occurs. */
export async function listTickets(
  db: Kysely<Tables>,
  filter: { readonly state?: TicketState; readonly requester?: string; readonly search?: string },
  most: number,
) {
  let query = db.selectFrom('tickets').selectAll('tickets');
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.requester) query = query.where('requester', '=', filter.requester);
  if (filter.search !== undefined) {
    const found = await searchTickets(db, filter.search, 1000);
    if (found.length === 0) return [];
    query = query.where('id', 'in', found);
  }
  return query.orderBy('id', 'desc').limit(most).execute();
}

/** One ticket with its entries, their attachments, participants and what was sent; null where there is none. */
export async function showTicket(db: Kysely<Tables>, id: number) {
  const ticket = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
  if (!ticket) return null;
  const participants = await db.selectFrom('participants').selectAll().where('ticket_id', '=', id).execute();
  const related = await db.selectFrom('tickets').select('number').where('related_to', '=', id).execute();
  const relatedTo = ticket.related_to === null ? null : await numberOf(db, ticket.related_to);
  return {
    ticket,
    client: await ticketClient(db, id),
    relatedTo,
    relatedFrom: related.map((row) => row.number),
    participants,
    beside: await ticketsBeside(db, ticket, ticket.subject),
    ...(await conversationIn(db, id)),
  };
}

/** What was said in the tickets that go on in this one, also by way of others: it stays where it was said. */
export async function mergedInto(db: Kysely<Tables>, id: number) {
  const merged: ({ readonly id: number; readonly number: string } & Awaited<ReturnType<typeof conversationIn>>)[] = [];
  const seen = new Set([id]);
  for (let into = [id]; into.length > 0; ) {
    const found = await db.selectFrom('tickets').select(['id', 'number']).where('merged_into', 'in', into).execute();
    // a ring of merges must hold nobody who looks at it
    const tickets = found.filter((ticket) => !seen.has(ticket.id));
    for (const ticket of tickets) seen.add(ticket.id);
    for (const { id: one, number } of tickets) merged.push({ id: one, number, ...(await conversationIn(db, one)) });
    into = tickets.map((ticket) => ticket.id);
  }
  return merged;
}

async function conversationIn(db: Kysely<Tables>, ticket: number) {
  const entries = await db
    .selectFrom('entries')
    .leftJoin('letters', 'letters.id', 'entries.letter_id')
    .selectAll('entries')
    .select(['letters.silence', 'letters.path'])
    .where('entries.ticket_id', '=', ticket)
    .orderBy('entries.id')
    .execute();
  const attachments = await attachmentsOf(db, ticket);
  return {
    entries: entries.map(({ path, copied, ...entry }) => ({
      ...entry,
      copied: copiedIn(copied),
      defects: defectsIn(path),
      attachments: attachments.filter((file) => file.entry_id === entry.id),
    })),
    sent: await db.selectFrom('outbox').selectAll().where('ticket_id', '=', ticket).orderBy('id').execute(),
  };
}

/** Attachments of a ticket, in the order of its letters. */
export async function attachmentsOf(db: Kysely<Tables>, ticket: number) {
  return db
    .selectFrom('attachments')
    .innerJoin('entries', 'entries.id', 'attachments.entry_id')
    .selectAll('attachments')
    .where('entries.ticket_id', '=', ticket)
    .orderBy('attachments.id')
    .execute();
}

async function numberOf(db: Kysely<Tables>, id: number): Promise<string | null> {
  return (await db.selectFrom('tickets').select('number').where('id', '=', id).executeTakeFirst())?.number ?? null;
}
