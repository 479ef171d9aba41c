// Answers of operators as the outbox needs them.

import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** The text of an answer by its entry; rejects where there is none, or the entry is no answer any more. */
export async function answerText(db: Kysely<Tables>, entry: number | null): Promise<string> {
  const row = await db
    .selectFrom('entries')
    .select('reply')
    .where('id', '=', entry)
    .where('kind', '=', 'answer')
    .executeTakeFirst();
  if (!row) throw new Error(`entry ${entry} is no answer`);
  return row.reply;
}
