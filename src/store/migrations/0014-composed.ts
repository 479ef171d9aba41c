// How much of a letter could be put together, so that what left without its words, or did not leave, is seen and told.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const composed: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('outbox').addColumn('composed', 'text').execute();
    await sql`create index outbox_reduced on outbox (settled_at) where composed is not null`.execute(db);
  },
};
