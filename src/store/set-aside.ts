// Letters that are set aside: what a list, a retry, a release and a digest agree on. A letter is set aside while its row says
// why; it is taken out by dealing with it again.

import { type Kysely, sql } from 'kysely';
import type { Aside } from '../decide/decision.ts';
import type { ReleaseLetter } from '../desk/commands/change.ts';
import type { Tables } from './schema.ts';

/** What waits for somebody: it could not be handled, or is an operator's and nobody stands for it yet. */
export const WAITING: readonly Aside[] = ['failed', 'unproven', 'unasked', 'held'];
/** What no person wrote, as far as its marks say. */
export const AUTOMATIC: readonly Aside[] = ['automatic', 'own'];
/** What people may want to hear of; our own letters that come back are nobody's news. */
export const NEWS: readonly Aside[] = [...WAITING, 'automatic'];

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition
const IS_ASIDE = sql<boolean>`aside is not null`;

/** Letters set aside for these reasons, all of them where none is given; oldest first. */
export async function setAside(db: Kysely<Tables>, why: readonly Aside[] | null, most: number) {
  return db
    .selectFrom('letters')
    .select(['id', 'received_at', 'author', 'subject', 'aside', 'because', 'attempts', 'error'])
    .where(IS_ASIDE)
    .$if(why !== null, (query) => query.where('aside', 'in', why!))
    .orderBy('id')
    .limit(most)
    .execute();
}

/** How many letters are set aside for these reasons. */
export async function countAside(db: Kysely<Tables>, why: readonly Aside[]): Promise<number> {
  const { n } = await db
    .selectFrom('letters')
    .select((l) => l.fn.countAll<number>().as('n'))
    .where(IS_ASIDE)
    .where('aside', 'in', why)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** What was set aside since a moment and may be news, newest last, at most `most` of it; and how much there is. */
export async function newsAside(db: Kysely<Tables>, since: number, most: number) {
  const news = db.selectFrom('letters').where(IS_ASIDE).where('aside', 'in', NEWS).where('dealt_at', '>', since);
  const { n } = await news.select((l) => l.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const letters = await news.select(['id', 'author', 'subject']).orderBy('id', 'desc').limit(most).execute();
  return { all: Number(n), letters: letters.toReversed() };
}

/** What a letter is, as far as it may be taken out. */
export interface AsideLetter {
  readonly id: number;
  readonly aside: Aside | null;
  readonly author: string | null;
  readonly subject: string;
  readonly disposition: string | null;
  readonly ticket: number | null;
  readonly sameAs: number | null;
}

/** A letter by its number; null where there is none. */
export async function asideLetter(db: Kysely<Tables>, id: number): Promise<AsideLetter | null> {
  const row = await db
    .selectFrom('letters')
    .select(['id', 'aside', 'author', 'subject', 'disposition', 'ticket_id', 'same_as'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { ticket_id, same_as, subject, ...rest } = row;
  return { ...rest, subject: subject ?? '', ticket: ticket_id, sameAs: same_as };
}

/** Gives a letter that is set aside another three attempts, behind the new ones. False where it is not set aside. */
export async function retryLetter(db: Kysely<Tables>, id: number, now: number): Promise<boolean> {
  const done = await db
    .updateTable('letters')
    .set({
      disposition: null,
      because: null,
      aside: null,
      attempts: 0,
      not_before: now,
      lease_until: null,
      path: null,
      dealt_at: null,
    })
    .where('id', '=', id)
    .where('aside', 'is not', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** The same by hand: whoever was asked about the letter is asked anew where the rules still say so. */
export async function retryByHand(db: Kysely<Tables>, id: number, now: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await retryLetter(trx, id, now))) return false;
    await trx
      .updateTable('outbox')
      .set({ dedup_key: sql<string>`dedup_key || ':' || id` })
      .where('letter_id', '=', id)
      .where('kind', '=', 'question')
      .execute();
    return true;
  });
}

/** An operator stands for letters that were set aside, having read the ticket up to `entry`; what is no longer set aside stays as it is. */
export async function confirmLetter(
  trx: Kysely<Tables>,
  { letter, by, entry }: { readonly letter: number; readonly by: string; readonly entry: number },
  now: number,
): Promise<void> {
  if (!(await retryLetter(trx, letter, now))) return;
  await trx.updateTable('letters').set({ confirmed_by: by, confirmed_entry: entry }).where('id', '=', letter).execute();
}

/**
 * Makes a person's letter of one that is set aside. `confirmed`: the operator whose letter it is; he counts as standing for
 * it, having read what the last question about it told him. False where it is not set aside.
 */
export async function releaseLetter(
  trx: Kysely<Tables>,
  { letter, by, confirmed }: Pick<ReleaseLetter, 'letter' | 'by' | 'confirmed'>,
  now: number,
): Promise<boolean> {
  if (!(await retryLetter(trx, letter, now))) return false;
  const standing =
    confirmed === null ? {} : { confirmed_by: confirmed, confirmed_entry: await lastShown(trx, letter, confirmed) };
  await trx
    .updateTable('letters')
    .set({ released_by: by, ...standing })
    .where('id', '=', letter)
    .execute();
  return true;
}

/** The newest entry of its ticket that the last question about a letter told of; 0 where nobody was asked. */
async function lastShown(trx: Kysely<Tables>, letter: number, recipient: string): Promise<number> {
  const row = await trx
    .selectFrom('outbox')
    .select('entry_id')
    .where('letter_id', '=', letter)
    .where('kind', '=', 'question')
    .where('recipient', '=', recipient)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.entry_id ?? 0;
}

/** Says of a letter that is set aside why nobody wants it any more. */
export async function giveLetterUp(trx: Kysely<Tables>, letter: number, because: string): Promise<void> {
  await trx
    .updateTable('letters')
    .set({ because, aside: 'given-up' })
    .where('id', '=', letter)
    .where('aside', 'in', WAITING)
    .execute();
}
