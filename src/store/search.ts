// Full-text search over entries by stems: «кабинеты» finds «кабинет», «ещё» finds «еще». SQLite's FTS5 does not stem Russian,
// so the stems are made here and the index holds nothing else.

import { type Kysely, sql } from 'kysely';
import snowball from 'snowball-stemmers';
import type { Tables } from './schema.ts';

const russian = snowball.newStemmer('russian');
const english = snowball.newStemmer('english');
const WORD = /[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
const INDEXED_CHARS = 100_000;

/** The stems of a text, in order. Case and ё/е do not count. */
export function stemsOf(text: string): readonly string[] {
  const words = text.slice(0, INDEXED_CHARS).toLowerCase().replaceAll('ё', 'е').match(WORD) ?? [];
  return words
    .flatMap((word) => word.split('-'))
    .filter((word) => word !== '')
    .map(stem);
}

const stem = (word: string) => (/\p{Script=Cyrillic}/u.test(word) ? russian : english).stem(word);

/** Puts the words of an entry into the index. */
export async function indexEntry(trx: Kysely<Tables>, entry: number, text: string): Promise<void> {
  await sql`insert into entry_search (rowid, stems) values (${entry}, ${stemsOf(text).join(' ')})`.execute(trx);
}

/** Takes the words of an entry out of the index. */
export async function unindexEntry(trx: Kysely<Tables>, entry: number): Promise<void> {
  await sql`delete from entry_search where rowid = ${entry}`.execute(trx);
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
