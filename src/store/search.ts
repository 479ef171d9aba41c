// Full-text search over entries by stems: «кабинеты» finds «кабинет», «ещё» finds «еще». SQLite's FTS5 does not stem Russian,
// so the index holds the stems that are made of a text before, and nothing else.

import { type Kysely, sql } from 'kysely';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import { stemsOf } from './stems.ts';

/** Stems that were made of a text already. */
export interface Stemmed {
  readonly text: string;
  readonly stems: string;
}

/** Puts the words of an entry into the index; `ending` are those of the last part of the text, where somebody has them. */
export async function indexEntry(trx: Kysely<Tables>, entry: number, text: string, ending?: Stemmed): Promise<void> {
  const rest = ending && text.endsWith(ending.text) ? text.slice(0, text.length - ending.text.length) : null;
  const stems = rest === null ? stemsOf(text) : [...stemsOf(rest), ending?.stems];
  await insert(trx, { entry, stems: stems.join(' ') });
}

const insert = prepared((db, row: { entry: number; stems: string }) => ({
  compile: () => sql`insert into entry_search (rowid, stems) values (${row.entry}, ${row.stems})`.compile(db),
}));

/** Takes the words of an entry out of the index. */
export async function unindexEntry(trx: Kysely<Tables>, entry: number): Promise<void> {
  await sql`delete from entry_search where rowid = ${entry}`.execute(trx);
}

/**
 * Rewrites the index without the words of entries that were taken out: FTS5 only marks them as gone until it merges its
 * parts. Some pages in each commit, so that nobody waits long.
 */
export async function shrinkSearch(db: Kysely<Tables>): Promise<void> {
  // a negative rank begins to merge everything into one part, positive ones go on with it (fts5, the merge command)
  for (let pages = -MERGED_PAGES; ; pages = MERGED_PAGES) {
    const before = await totalChanges(db);
    await sql`insert into entry_search (entry_search, rank) values ('merge', ${pages})`.execute(db);
    if ((await totalChanges(db)) - before < 2) return;
  }
}

const MERGED_PAGES = 200;

async function totalChanges(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select total_changes() as n`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Ids of tickets of which an entry holds every word of `query`, newest first. */
export async function searchTickets(db: Kysely<Tables>, query: string, most: number): Promise<readonly number[]> {
  const stems = stemsOf(query);
  if (stems.length === 0) return [];
  const match = stems.map((word) => `"${word.replaceAll('"', '')}"`).join(' ');
  const found = await sql<{ ticket_id: number }>`
    select distinct ticket_id from entries
    where id in (select rowid from entry_search where entry_search match ${match})
    order by ticket_id desc limit ${most}`.execute(db);
  return found.rows.map((row) => row.ticket_id);
}
