// Reaction clocks counted anew: by another level, another calendar, on another ticket. In the transaction of that change.

import type { Kysely } from 'kysely';
import { type ClockTimes, clockTimes, type Timetable } from '../desk/timetable.ts';
import { refreshDeadline } from './clocks.ts';
import { recordEvent } from './events.ts';
import type { Tables } from './schema.ts';

/**
 * Takes the running clocks of a ticket, or the clock of one of its entries, to another ticket whose level counts from now on.
 * What was answered stays with the ticket on which it was.
 */
export async function carryClocks(
  trx: Kysely<Tables>,
  { from, into, entry }: { readonly from: number; readonly into: number; readonly entry?: number },
  timetable: Timetable,
  at: number,
): Promise<void> {
  const carried = trx.updateTable('clocks').set({ ticket_id: into }).where('ticket_id', '=', from);
  await (entry === undefined
    ? carried.where('stopped_at', 'is', null)
    : carried.where('entry_id', '=', entry)
  ).execute();
  await refreshDeadline(trx, from);
  await recountClocks(trx, into, timetable, { by: 'kvitok', because: 'letters came from another ticket' }, at);
}

/**
 * Counts the unanswered letters of a ticket anew, after its level or the calendar has changed. What was not told of the new
 * deadline is told when it is time; the history keeps the old one.
 */
export async function recountClocks(
  trx: Kysely<Tables>,
  ticket: number,
  timetable: Timetable,
  why: { readonly by: string; readonly because: string },
  at: number,
): Promise<void> {
  const { level, due_at: before } = await trx
    .selectFrom('tickets')
    .select(['level', 'due_at'])
    .where('id', '=', ticket)
    .executeTakeFirstOrThrow();
  const clocks = await trx
    .selectFrom('clocks')
    .selectAll()
    .where('ticket_id', '=', ticket)
    .where((e) => e.or([e('stopped_at', 'is', null), e('stopped_because', '!=', 'answered')]))
    .execute();
  for (const clock of clocks) await recount(trx, clock, clockTimes(timetable, level, clock.started_at), at);
  const after = await refreshDeadline(trx, ticket);
  if (before !== after)
    await recordEvent(trx, ticket, { kind: 'deadline', was: iso(before), became: iso(after), ...why }, at);
}

/** Counts every letter that waits anew: the configuration may have changed. Gives how many tickets have another deadline. */
export async function recountAll(db: Kysely<Tables>, timetable: Timetable, at: number): Promise<number> {
  const open = await db
    .selectFrom('clocks')
    .innerJoin('tickets', 'tickets.id', 'clocks.ticket_id')
    .select(['clocks.ticket_id', 'clocks.started_at', 'clocks.due_at', 'clocks.warn_at', 'tickets.level'])
    .where('clocks.stopped_at', 'is', null)
    .execute();
  const changed = open.filter(({ level, started_at, due_at, warn_at }) => {
    const { dueAt, warnAt } = clockTimes(timetable, level, started_at);
    return dueAt !== due_at || warnAt !== warn_at;
  });
  const tickets = new Set(changed.map(({ ticket_id }) => ticket_id));
  const why = { by: 'kvitok', because: 'levels or calendars were changed' };
  const left = [...tickets];
  while (left.length > 0) {
    // letters that come in get their turn between two commits
    const some = left.splice(0, TOGETHER);
    await db.transaction().execute(async (trx) => {
      for (const ticket of some) await recountClocks(trx, ticket, timetable, why, at);
    });
  }
  return tickets.size;
}

const TOGETHER = 100;

async function recount(
  trx: Kysely<Tables>,
  clock: { readonly id: number; readonly warned_at: number | null; readonly missed_at: number | null },
  { warnAt, dueAt }: ClockTimes,
  at: number,
): Promise<void> {
  await trx
    .updateTable('clocks')
    .set({
      warn_at: warnAt,
      due_at: dueAt,
      warned_at: warnAt > at ? null : clock.warned_at,
      missed_at: dueAt > at ? null : clock.missed_at,
    })
    .where('id', '=', clock.id)
    .execute();
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
