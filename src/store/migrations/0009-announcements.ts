// Announcements to the clients (regulation §7, §8), who does not want them, and standing notices in acknowledgements.

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const announcements: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('announcements')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('audience', 'text', (c) => c.notNull())
      .addColumn('optional', 'integer', (c) => c.notNull())
      .addColumn('texts', 'text', (c) => c.notNull())
      .addColumn('skipped', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('announcement_recipients')
      .addColumn('announcement_id', 'integer', (c) => c.notNull().references('announcements.id'))
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('queued_at', 'bigint')
      .addPrimaryKeyConstraint('announcement_recipients_key', ['announcement_id', 'address'])
      .execute();
    await db.schema
      .createIndex('announcement_recipients_address')
      .on('announcement_recipients')
      .column('address')
      .execute();
    await db.schema
      .createIndex('announcement_recipients_queued')
      .on('announcement_recipients')
      .column('queued_at')
      .execute();
    await db.schema
      .createTable('unsubscribed')
      .addColumn('address', 'text', (c) => c.primaryKey())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('notices')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('from_at', 'bigint', (c) => c.notNull())
      .addColumn('until_at', 'bigint', (c) => c.notNull())
      .addColumn('ru', 'text', (c) => c.notNull())
      .addColumn('en', 'text', (c) => c.notNull())
      .execute();
  },
};
