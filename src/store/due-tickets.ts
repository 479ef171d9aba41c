// Tickets that wait for the desk by their deadlines, for whoever plans a day; the queue (queue.ts) is by arrival. Critical ones
// go before all others.

import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** A ticket that waits. */
export type DueTicket = Awaited<ReturnType<typeof dueTickets>>[number];

/** Tickets with a clock that runs; last those that wait without one, for an answer of ours came back. At most `most`. */
export async function dueTickets(db: Kysely<Tables>, most: number) {
  return db
    .selectFrom('tickets')
    .select(['number', 'subject', 'requester', 'requester_name', 'assignee', 'level', 'critical', 'due_at'])
    .where((e) => e.or([e('due_at', 'is not', null), e('state', 'in', ['new', 'open'])]))
    .where('state', 'not in', ['resolved', 'merged', 'spam'])
    .orderBy(sql`case critical when 'yes' then 0 else 1 end`)
    .orderBy(sql`case when due_at is null then 1 else 0 end`)
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute();
}
