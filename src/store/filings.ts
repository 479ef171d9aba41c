// Answers that have left and are to be filed among the sent letters of a mailbox.

import type { Kysely } from 'kysely';
import { type OutgoingLetter, outgoingOf } from './outbox.ts';
import { REST } from './outbox-queue.ts';
import type { Tables } from './schema.ts';

export interface SentAnswer {
  readonly letter: OutgoingLetter;
  readonly sentAt: number;
}

/** Answers sent since `since` that are not filed in this mailbox yet, oldest first. */
export async function answersToFile(
  db: Kysely<Tables>,
  mailbox: string,
  since: number,
  most: number,
): Promise<readonly SentAnswer[]> {
  const rows = await owed(db, mailbox, since).selectAll().limit(most).execute();
  return rows.map((row) => ({ letter: outgoingOf(row), sentAt: row.settled_at ?? row.created_at }));
}

/** What an answer is called that left and does not lie in the mailbox: its number in the outbox, and its ticket. */
export interface Unfiled {
  readonly outbox: number;
  readonly ticket: number | null;
}

/**
 * Answers that left before `before` (epoch milliseconds) and are still not filed in this mailbox, oldest first; null where
 * nothing was ever to be filed there. Writes nothing.
 */
export async function unfiledAnswers(
  db: Kysely<Tables>,
  mailbox: string,
  before: number,
): Promise<readonly Unfiled[] | null> {
  const since = await sinceOf(db, mailbox);
  if (since === null) return null;
  return owed(db, mailbox, since)
    .where('settled_at', '<', before)
    .select(['id as outbox', 'ticket_id as ticket'])
    .execute();
}

/** One question for both, so that nothing is missed that would never be filed: what was erased, or only repeats an answer. */
const owed = (db: Kysely<Tables>, mailbox: string, since: number) =>
  db
    .selectFrom('outbox')
    .where('kind', '=', 'answer')
    .where('state', '=', 'sent')
    .where('settled_at', '>=', since)
    .where('model', '!=', '{}')
    .where('dedup_key', 'not like', `${REST}%`)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('filings')
            .select('filings.at')
            .whereRef('filings.outbox_id', '=', 'outbox.id')
            .where('filings.mailbox', '=', mailbox),
        ),
      ),
    )
    .orderBy('settled_at');

/** Notes that an answer lies in the mailbox. */
export async function noteFiled(db: Kysely<Tables>, outbox: number, mailbox: string, at: number): Promise<void> {
  await db
    .insertInto('filings')
    .values({ outbox_id: outbox, mailbox, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Since when answers are filed in this mailbox: what left before that is left alone. */
export async function filedSince(db: Kysely<Tables>, mailbox: string, now: number): Promise<number> {
  const known = await sinceOf(db, mailbox);
  if (known !== null) return known;
  await db
    .insertInto('settings')
    .values({ name: settingOf(mailbox), value: String(now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await sinceOf(db, mailbox)) ?? now;
}

const settingOf = (mailbox: string) => `filed-since:${mailbox}`;

async function sinceOf(db: Kysely<Tables>, mailbox: string): Promise<number | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', settingOf(mailbox)).executeTakeFirst();
  return row ? Number(row.value) : null;
}
