// What an admin was told, so that a restart tells nothing twice; and ways to ask the tables how the desk is without reading
// all of them.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const alarms: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('alarms')
      .addColumn('cause', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('level', 'bigint', (c) => c.notNull())
      .addColumn('told_at', 'bigint', (c) => c.notNull())
      .addColumn('stands', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('alarms_key', ['cause', 'subject'])
      .execute();
    await sql`create index letters_quarantined on letters (dealt_at) where disposition = 'quarantined'`.execute(db);
    await sql`create index outbox_failed on outbox (settled_at) where state = 'failed'`.execute(db);
    await sql`create index outbox_unknown on outbox (settled_at) where state = 'unknown'`.execute(db);
  },
};
