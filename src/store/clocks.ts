// Reaction clocks: one for every letter of a person that waits for the desk's answer. The oldest one that runs is the
// deadline of its ticket. All of this happens in the transaction of what starts, stops or changes them.

import type { Insertable, Kysely } from 'kysely';
import type { ClockTimes } from '../desk/timetable.ts';
import { prepared } from './prepared.ts';
import type { ClocksTable, Tables } from './schema.ts';

/** Why a clock stands. Only an answer is for good: what was stopped by hand runs again where that is undone. */
export type StopReason = 'answered' | 'resolved' | 'spam' | 'merged';

/** Starts the clock of an entry. */
export async function startClock(
  trx: Kysely<Tables>,
  ticket: number,
  entry: number,
  { startedAt, warnAt, dueAt }: ClockTimes,
): Promise<void> {
  await insert(trx, { ticket_id: ticket, entry_id: entry, started_at: startedAt, warn_at: warnAt, due_at: dueAt });
  await bringForward(trx, { ticket, dueAt });
}

const insert = prepared((db, row: Insertable<ClocksTable>) => db.insertInto('clocks').values(row));
const bringForward = prepared((db, { ticket, dueAt }: { readonly ticket: number; readonly dueAt: number }) =>
  db
    .updateTable('tickets')
    .set({ due_at: dueAt })
    .where('id', '=', ticket)
    .where((e) => e.or([e('due_at', 'is', null), e('due_at', '>', dueAt)])),
);

/**
 * The desk's answer left: the letters that stood on the ticket before it are answered. Takes the answer's entry, and when
 * SMTP accepted it. A letter that was filed after the answer was written keeps its clock, and so does one that arrived
 * after `writtenAt`, where an answer is filed long after it left.
 */
export async function stopAnswered(
  trx: Kysely<Tables>,
  ticket: number,
  entry: number,
  at: number,
  writtenAt: number = Number.MAX_SAFE_INTEGER,
): Promise<void> {
  await running(trx, ticket)
    .where('entry_id', '<', entry)
    .where('started_at', '<=', writtenAt)
    .set({ stopped_at: at, stopped_because: 'answered' satisfies StopReason })
    .execute();
  await refreshDeadline(trx, ticket);
}

/** Stops the clocks of a ticket that nobody has to answer any more; with `after`, only of entries behind that one. */
export async function stopClocks(
  trx: Kysely<Tables>,
  ticket: number,
  because: Exclude<StopReason, 'answered'>,
  at: number,
  after = 0,
): Promise<void> {
  await running(trx, ticket).where('entry_id', '>', after).set({ stopped_at: at, stopped_because: because }).execute();
  await refreshDeadline(trx, ticket);
}

/** Clocks that were stopped by hand run again, as if they never stood, where no answer has come since. */
export async function restartClocks(trx: Kysely<Tables>, ticket: number): Promise<void> {
  await trx
    .updateTable('clocks')
    .set({ stopped_at: null, stopped_because: null })
    .where('ticket_id', '=', ticket)
    .where('stopped_because', 'in', ['resolved', 'spam'] satisfies StopReason[])
    .where((e) => {
      const later = e.selectFrom('entries').select('id').where('entries.ticket_id', '=', ticket);
      const answers = later.where('entries.kind', '=', 'answer').whereRef('entries.id', '>', 'clocks.entry_id');
      return e.not(e.exists(answers));
    })
    .execute();
  await refreshDeadline(trx, ticket);
}

/** The deadline of a ticket is that of the oldest letter that waits. Gives it; null where none waits. */
export async function refreshDeadline(trx: Kysely<Tables>, ticket: number): Promise<number | null> {
  const { due } = await trx
    .selectFrom('clocks')
    .select((c) => c.fn.min('due_at').as('due'))
    .where('ticket_id', '=', ticket)
    .where('stopped_at', 'is', null)
    .executeTakeFirstOrThrow();
  await trx.updateTable('tickets').set({ due_at: due }).where('id', '=', ticket).execute();
  return due;
}

const running = (trx: Kysely<Tables>, ticket: number) =>
  trx.updateTable('clocks').where('ticket_id', '=', ticket).where('stopped_at', 'is', null);

/** The clock of an entry; undefined where it has none. */
export const clockOfEntry = (db: Kysely<Tables>, entry: number) =>
  db.selectFrom('clocks').selectAll().where('entry_id', '=', entry).executeTakeFirst();

/** The clocks of a ticket, oldest letter first. */
export const clocksOf = (db: Kysely<Tables>, ticket: number) =>
  db.selectFrom('clocks').selectAll().where('ticket_id', '=', ticket).orderBy('started_at').orderBy('id').execute();
