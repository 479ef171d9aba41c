// The queue of the desk (§3.1 of the regulation): what waits for an answer, critical tickets first, then strictly by the arrival
// of the oldest letter that waits.

import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** `queue`: as the regulation has it; `deadline`: what is due first. */
export type QueueOrder = 'queue' | 'deadline';

/** Tickets that wait for an answer, in the order in which they are to be answered, or by their deadlines. */
export async function waitingTickets(
  db: Kysely<Tables>,
  filter: { readonly requester?: string },
  most: number,
  order: QueueOrder = 'queue',
) {
  const query = db
    .selectFrom('tickets')
    .innerJoin('clocks', 'clocks.ticket_id', 'tickets.id')
    .where(sql<boolean>`clocks.stopped_at is null`)
    .select([
      'tickets.id',
      'tickets.number',
      'tickets.state',
      'tickets.level',
      'tickets.critical',
      'tickets.assignee',
      'tickets.requester',
      'tickets.subject',
    ])
    .select((e) => [e.fn.min('clocks.started_at').as('waits_since'), e.fn.min('clocks.due_at').as('due_at')])
    .groupBy('tickets.id');
  const fitting = filter.requester === undefined ? query : query.where('tickets.requester', '=', filter.requester);
  const sorted =
    order === 'deadline'
      ? fitting.orderBy('due_at')
      : fitting.orderBy(sql`case when tickets.critical = 'yes' then 0 else 1 end`).orderBy('waits_since');
  return sorted.orderBy('tickets.id').limit(most).execute();
}
