// The outbox as people look at it.

import type { Kysely } from 'kysely';
import type { OutboxState, Tables } from './schema.ts';

/** Outbox rows for people, newest first. */
export async function listOutgoing(
  db: Kysely<Tables>,
  filter: { readonly state?: OutboxState; readonly ticket?: number },
  most: number,
) {
  let query = db
    .selectFrom('outbox')
    .leftJoin('tickets', 'tickets.id', 'outbox.ticket_id')
    .selectAll('outbox')
    .select('tickets.number');
  if (filter.state) query = query.where('outbox.state', '=', filter.state);
  if (filter.ticket !== undefined) query = query.where('outbox.ticket_id', '=', filter.ticket);
  return query.orderBy('outbox.id', 'desc').limit(most).execute();
}
