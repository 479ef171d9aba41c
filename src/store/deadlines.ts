// Deadlines that the desk has to be told of. Of a ticket only the oldest letter that waits: it rules the deadline, and the
// ones behind it are answered with it.

import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { Level } from '../desk/tickets.ts';
import { recordEvent } from './events.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

export interface Deadline {
  readonly clock: number;
  readonly ticket: number;
  readonly number: string;
  readonly entry: number;
  readonly level: Level;
  readonly assignee: string | null;
  readonly dueAt: number;
  /** `before`: it is near; `missed`: it is past, whether or not the answer has left by now. */
  readonly form: 'before' | 'missed';
}

/** Answers that left late are looked for so far back: longer than the desk is ever closed at a stretch. */
const LOOK_BACK = 30 * 86_400_000;

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition
const RUNNING = sql<boolean>`clocks.stopped_at is null`;
const LATE = sql<boolean>`clocks.missed_at is null and clocks.stopped_at > clocks.due_at`;

/** What is to be told now, oldest deadline first. */
export async function deadlinesToTell(db: Kysely<Tables>, now: number): Promise<readonly Deadline[]> {
  const running = await runningOut(db, { now });
  const answered = await answeredLate(db, { since: now - LOOK_BACK });
  return [...running.rows, ...answered.rows]
    .map(({ due_at, ...row }): Deadline => ({ ...row, dueAt: due_at, form: due_at > now ? 'before' : 'missed' }))
    .toSorted((a, b) => a.dueAt - b.dueAt);
}

const clocksWithTickets = (db: Kysely<Tables>) =>
  db
    .selectFrom('clocks')
    .innerJoin('tickets', 'tickets.id', 'clocks.ticket_id')
    .select([
      'clocks.id as clock',
      'clocks.ticket_id as ticket',
      'clocks.entry_id as entry',
      'clocks.due_at',
      'tickets.number',
      'tickets.level',
      'tickets.assignee',
    ]);

const runningOut = prepared((db, { now }: { readonly now: number }) =>
  clocksWithTickets(db)
    .where(RUNNING)
    .where('clocks.warn_at', '<=', now)
    .where((e) =>
      e.or([
        e.and([e('clocks.warned_at', 'is', null), e('clocks.due_at', '>', now)]),
        e.and([e('clocks.missed_at', 'is', null), e('clocks.due_at', '<=', now)]),
      ]),
    )
    .where((e) => e.not(e.exists(olderWith(e, sql<boolean>`older.stopped_at is null`)))),
);

/** Nobody is told outside working hours, so that the answer may have left before the miss was told. */
const answeredLate = prepared((db, { since }: { readonly since: number }) =>
  clocksWithTickets(db)
    .where(LATE)
    .where('clocks.stopped_at', '>', since)
    .where('clocks.stopped_because', '=', 'answered')
    .where((e) => e.not(e.exists(olderWith(e, sql<boolean>`older.stopped_at = clocks.stopped_at`)))),
);

/** An older letter of the ticket that waits with this one, or was answered with it. */
const olderWith = (e: ExpressionBuilder<Tables, 'clocks'>, together: ReturnType<typeof sql<boolean>>) =>
  e
    .selectFrom('clocks as older')
    .select('older.id')
    .whereRef('older.ticket_id', '=', 'clocks.ticket_id')
    .where(together)
    .where(sql<boolean>`(older.started_at, older.id) < (clocks.started_at, clocks.id)`);

/** Notes that a deadline was told at `at`. False where it was told already, or nothing waits any more. */
export async function markTold(
  trx: Kysely<Tables>,
  { clock, ticket, dueAt, form }: Deadline,
  at: number,
): Promise<boolean> {
  const field = form === 'before' ? 'warned_at' : 'missed_at';
  const untold = trx
    .updateTable('clocks')
    .set({ [field]: at })
    .where('id', '=', clock)
    .where(field, 'is', null);
  const done = await (form === 'before' ? untold.where('stopped_at', 'is', null) : untold).executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return false;
  if (form === 'missed') {
    const was = new Date(dueAt).toISOString();
    await recordEvent(trx, ticket, { kind: 'deadline', by: 'kvitok', was, became: null, because: 'missed' }, at);
  }
  return true;
}
