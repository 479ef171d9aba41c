// Which answers of ours lie in the folder of sent letters of which mailbox, so that none is put there twice.

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const filings: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('filings')
      .addColumn('outbox_id', 'integer', (c) => c.notNull().references('outbox.id'))
      .addColumn('mailbox', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('filings_key', ['outbox_id', 'mailbox'])
      .execute();
  },
};
