// Standing notices: a sentence that acknowledgements carry while it holds.

import type { Kysely } from 'kysely';
import type { Language } from '../desk/tickets.ts';
import type { Tables } from './schema.ts';

export interface Notice {
  readonly id: number;
  /** Epoch milliseconds; from the end on it holds no longer. */
  readonly from: number;
  readonly until: number;
  readonly texts: Readonly<Record<Language, string>>;
}

/** Notices that hold at a moment or will hold later, in the order in which they begin. */
export async function noticesFrom(db: Kysely<Tables>, now: number): Promise<readonly Notice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('until_at', '>', now)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, from_at, until_at, ru, en }) => ({ id, from: from_at, until: until_at, texts: { ru, en } }));
}

/** What acknowledgements of this moment say. */
export const noticesAt = async (db: Kysely<Tables>, now: number, language: Language): Promise<readonly string[]> =>
  (await noticesFrom(db, now)).filter(({ from }) => from <= now).map(({ texts }) => texts[language]);

/** Sets a notice; gives its number. */
export async function setNotice(db: Kysely<Tables>, { from, until, texts }: Omit<Notice, 'id'>): Promise<number> {
  const { id } = await db
    .insertInto('notices')
    .values({ from_at: from, until_at: until, ...texts })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes a notice back. False where there is none of this number. */
export async function removeNotice(db: Kysely<Tables>, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('notices').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}
