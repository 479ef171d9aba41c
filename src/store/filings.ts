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
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
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
    .orderBy('settled_at')
    .limit(most)
    .execute();
  return rows.map((row) => ({ letter: outgoingOf(row), sentAt: row.settled_at ?? row.created_at }));
}

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
  const name = `filed-since:${mailbox}`;
  await db
    .insertInto('settings')
    .values({ name, value: String(now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return Number(row.value);
}
