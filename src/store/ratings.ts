// How customers rate the work on a ticket: events of its history, of which the last one counts.

import type { Kysely } from 'kysely';
import { type Stars, starsOf } from '../desk/rating.ts';
import { recordEvent } from './events.ts';
import type { Tables } from './schema.ts';

/** A ticket as its rating page needs it; null where there is none, or where its customer was forgotten. */
export async function ratedTicketOf(db: Kysely<Tables>, ticket: number) {
  const row = await db
    .selectFrom('tickets')
    .select(['number', 'language', 'requester'])
    .where('id', '=', ticket)
    .where('requester', '!=', '')
    .executeTakeFirst();
  if (!row) return null;
  const last = await db
    .selectFrom('events')
    .select('became')
    .where('ticket_id', '=', ticket)
    .where('kind', '=', 'rating')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ...row, stars: starsOf(last?.became ?? null) };
}

/** Writes a customer's rating down; false where it is the same again, which changes nothing. `because` is the way it came, `letter` the one it stood in. */
export async function recordRating(
  trx: Kysely<Tables>,
  ticket: number,
  stars: Stars,
  because: string,
  now: number,
  letter: number | null = null,
): Promise<boolean> {
  const before = await ratedTicketOf(trx, ticket);
  if (before?.stars === stars) return false;
  const was = before?.stars == null ? null : String(before.stars);
  await recordEvent(trx, ticket, { kind: 'rating', by: 'customer', was, became: String(stars), because }, now, letter);
  return true;
}
