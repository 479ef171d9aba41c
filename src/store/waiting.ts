// Tickets that wait for the desk, in the order in which they are to be answered (§3.1 of the regulation): critical ones
// before all others, then by deadline.

import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** A ticket that waits. */
export type Waiting = Awaited<ReturnType<typeof waitingTickets>>[number];

/** Tickets with a clock that runs, at most `most`. */
export async function waitingTickets(db: Kysely<Tables>, most: number) {
  return db
    .selectFrom('tickets')
    .select(['number', 'subject', 'requester', 'requester_name', 'assignee', 'level', 'critical', 'due_at'])
    .where('due_at', 'is not', null)
    .where('state', 'not in', ['resolved', 'merged', 'spam'])
    .orderBy(sql`case critical when 'yes' then 0 else 1 end`)
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute();
}
