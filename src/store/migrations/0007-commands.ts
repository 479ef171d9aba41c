// The history of a ticket knows by which letter each change was made, so that one letter's changes can be taken back together.

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const commands: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('events')
      .addColumn('letter_id', 'bigint', (c) => c.references('letters.id'))
      .execute();
  },
};
