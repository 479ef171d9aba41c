// The index that a search over entries asks.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The words of every entry as stems. SQLite's own index; another database brings its own. */
export const search: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`create virtual table entry_search using fts5 (stems, content='', contentless_delete=1, tokenize='unicode61')`.execute(
      db,
    );
  },
};
