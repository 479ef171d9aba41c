// What an operator's answer needs: who stood for a letter that was set aside, and whether an attempt to send was lost so late
// that the letter may have arrived.

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const answers: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('letters').addColumn('confirmed_by', 'text').execute();
    await db.schema.alterTable('letters').addColumn('confirmed_entry', 'integer').execute();
    await db.schema.alterTable('outbox').addColumn('doubtful_since', 'bigint').execute();
  },
};
