// What an admin was told of the desk's troubles, and the letters that tell it: both in one transaction.

import type { Kysely } from 'kysely';
import { type Outgoing, queueLetter } from './outbox-queue.ts';
import type { AlarmsTable, Tables } from './schema.ts';

/** Everything that was ever told, one row for a cause and what it is about. */
export function toldAlarms(db: Kysely<Tables>): Promise<readonly AlarmsTable[]> {
  return db.selectFrom('alarms').selectAll().execute();
}

/** Remembers that something was told, and queues the letter that tells it. */
export async function tellAlarm(db: Kysely<Tables>, row: AlarmsTable, letter: Outgoing): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('alarms')
      .values(row)
      .onConflict((conflict) => conflict.columns(['cause', 'subject']).doUpdateSet(row))
      .execute();
    await queueLetter(trx, letter);
  });
}
