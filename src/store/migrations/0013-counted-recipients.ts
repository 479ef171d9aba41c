// By what the letters to an address are counted: what all spellings of its mailbox have in common. Letters that are here
// already are counted as they were; in a day nobody counts them any more.

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const countedRecipients: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('outbox')
      .addColumn('counted_as', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await sql`update outbox set counted_as = recipient`.execute(db);
    await db.schema.createIndex('outbox_counted').on('outbox').columns(['counted_as', 'created_at']).execute();
  },
};
