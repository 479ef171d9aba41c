// Why a letter is set aside, as a code that lists, alarms and digests agree on; who released one as a person's; and how the
// whole of a letter was read, so that a copy that was read in another way swallows none.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const setAside: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const column of ['aside', 'released_by', 'read_as'])
      await db.schema.alterTable('letters').addColumn(column, 'text').execute();
    await sql`
      update letters set aside = case
        when disposition = 'own' then 'own'
        when disposition <> 'quarantined' then 'automatic'
        when because like 'given up by %' then 'given-up'
        when kind is null then 'failed'
        when because like 'held, %' then 'held'
        when because like '%, the operator is asked' then 'unproven'
        else 'unasked'
      end
      where disposition = 'quarantined' or (disposition in ('automatic', 'bounce', 'own') and ticket_id is null)
    `.execute(db);
    await sql`drop index letters_quarantined`.execute(db);
    await sql`create index letters_aside on letters (aside, dealt_at) where aside is not null`.execute(db);
    await sql`drop index letters_digest`.execute(db);
    await sql`create index letters_copies on letters (digest) where disposition <> 'duplicate'`.execute(db);
    await sql`create index letters_dealt on letters (dealt_at, disposition)`.execute(db);
  },
};
