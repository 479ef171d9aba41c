// To whom a letter went beside the desk, so that operators see it where they read what it says.

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const copied: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('entries').addColumn('copied', 'text').execute();
  },
};
