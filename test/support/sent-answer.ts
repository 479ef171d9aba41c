// An answer that has left: a row of the outbox as the desk writes it, settled at a moment of the test's choice.

import type { Kysely } from 'kysely';
import { queueLetter } from '../../src/store/outbox-queue.ts';
import type { Tables } from '../../src/store/schema.ts';
import { TO_IVAN } from './to-ivan.ts';

/** Gives its number in the outbox. `sentAt` in epoch milliseconds; `kind` where it is another letter than an answer. */
export async function sentAnswer(
  db: Kysely<Tables>,
  {
    key,
    ticket,
    sentAt,
    kind = 'answer',
  }: {
    readonly key: string;
    readonly ticket: number;
    readonly sentAt: number;
    readonly kind?: 'answer' | 'acknowledgement';
  },
): Promise<number> {
  await queueLetter(db, {
    dedupKey: key,
    messageId: `kvitok.${kind}.${key.replace(/\W/g, '')}@kvitok.desk.example`,
    kind,
    form: 'plain',
    ticket,
    letter: null,
    entry: null,
    ...TO_IVAN,
    now: sentAt,
  });
  const { id } = await db
    .updateTable('outbox')
    .set({ state: 'sent', settled_at: sentAt })
    .where('dedup_key', '=', key)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
