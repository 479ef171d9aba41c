// When the desk is warned of a letter that waits, beside when it is due.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const warnings: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('clocks')
      .addColumn('warn_at', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await sql`create index clocks_missed on clocks (stopped_at) where missed_at is null and stopped_at > due_at`.execute(
      db,
    );
  },
};
