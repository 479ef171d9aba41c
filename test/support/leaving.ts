// What a desk of the tests still has to send: letters that are due. What is gathered until the end of an hour leaves then.

import type { Kysely } from 'kysely';
import type { Tables } from '../../src/store/schema.ts';

/** Whether a letter of the outbox is under way, or due and not sent. */
export async function isLeaving(db: Kysely<Tables>): Promise<boolean> {
  const due = db
    .selectFrom('outbox')
    .select('id')
    .where('state', 'in', ['queued', 'sending'])
    .where('not_before', '<=', Date.now());
  return (await due.limit(1).executeTakeFirst()) !== undefined;
}
