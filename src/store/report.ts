// What a report counts, read as of one moment so that nothing comes in between.

import { type Kysely, sql } from 'kysely';
import type { Count, ReportRows } from '../desk/report/figures.ts';
import type { Tables } from './schema.ts';

/** Moments, epoch milliseconds; `to` is no longer in it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Reads the rows of a period: letters by arrival, tickets by opening, everything else by when it happened. */
export function reportRows(db: Kysely<Tables>, period: Period): Promise<ReportRows> {
  return db.connection().execute(async (connection) => {
    // it only reads: it sees one moment, and a year of letters keeps nobody from writing
    await sql`begin`.execute(connection);
    try {
      return await rowsOf(connection, period);
    } finally {
      await sql`rollback`.execute(connection);
    }
  });
}

async function rowsOf(trx: Kysely<Tables>, period: Period): Promise<ReportRows> {
  return {
    letters: await fatesIn(trx, period),
    acknowledged: await acknowledgedIn(trx, period),
    silences: await silencesIn(trx, period),
    tickets: await trx
      .selectFrom('tickets')
      .select(['level', 'category', 'opened_at as openedAt'])
      .where('opened_at', '>=', period.from)
      .where('opened_at', '<', period.to)
      .execute(),
    clocks: await trx
      .selectFrom('clocks')
      .innerJoin('tickets', 'tickets.id', 'clocks.ticket_id')
      .leftJoin('clients', 'clients.id', 'tickets.client_id')
      .select([
        'tickets.number as ticket',
        'tickets.level',
        'clocks.started_at as startedAt',
        'clocks.due_at as dueAt',
        'clocks.stopped_at as stoppedAt',
        'clocks.stopped_because as stoppedBecause',
        'tickets.subject',
      ])
      .select(sql<string>`coalesce(clients.name, nullif(tickets.requester_name, ''), tickets.requester)`.as('customer'))
      .where('clocks.started_at', '>=', period.from)
      .where('clocks.started_at', '<', period.to)
      .execute(),
    acknowledgedAfter: await acknowledgedAfter(trx, period),
    marks: await marksIn(trx, period),
    resolved: await movesIn(trx, period, 'became', ['resolved']),
    reopened: await movesIn(trx, period, 'was', ['resolved']),
    files: await filesIn(trx, period),
  };
}

const lettersIn = (trx: Kysely<Tables>, { from, to }: Period) =>
  trx.selectFrom('letters').where('received_at', '>=', from).where('received_at', '<', to);

async function fatesIn(trx: Kysely<Tables>, period: Period): Promise<readonly Count[]> {
  const rows = await lettersIn(trx, period)
    .select((e) => ['disposition', e.fn.countAll<number>().as('n')])
    .groupBy('disposition')
    .orderBy('disposition')
    .execute();
  return rows.map(({ disposition, n }) => ({ name: disposition ?? 'in work', n: Number(n) }));
}

const acknowledgementOf = (trx: Kysely<Tables>) =>
  trx.selectFrom('outbox').select('letter_id').where('kind', '=', 'acknowledgement').where('letter_id', 'is not', null);

async function acknowledgedIn(trx: Kysely<Tables>, period: Period): Promise<number> {
  const { n } = await lettersIn(trx, period)
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('id', 'in', acknowledgementOf(trx))
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function silencesIn(trx: Kysely<Tables>, period: Period): Promise<readonly Count[]> {
  const reason = sql<string>`coalesce(silence, case when disposition is null then 'in work' else 'needs none' end)`;
  const rows = await lettersIn(trx, period)
    .select((e) => [reason.as('reason'), e.fn.countAll<number>().as('n')])
    .where('id', 'not in', acknowledgementOf(trx))
    .groupBy(reason)
    .execute();
  return rows.map((row) => ({ name: row.reason, n: Number(row.n) }));
}

async function acknowledgedAfter(trx: Kysely<Tables>, period: Period): Promise<readonly number[]> {
  const rows = await trx
    .selectFrom('outbox')
    .innerJoin('letters', 'letters.id', 'outbox.letter_id')
    .select(['outbox.settled_at', 'letters.received_at'])
    .where('outbox.kind', '=', 'acknowledgement')
    .where('outbox.state', '=', 'sent')
    .where('letters.received_at', '>=', period.from)
    .where('letters.received_at', '<', period.to)
    .execute();
  return rows.map((row) => Math.max(0, (row.settled_at ?? row.received_at) - row.received_at));
}

const eventsIn = (trx: Kysely<Tables>, { from, to }: Period) =>
  trx.selectFrom('events').where('events.at', '>=', from).where('events.at', '<', to);

async function marksIn(trx: Kysely<Tables>, period: Period): Promise<ReportRows['marks']> {
  const rows = await eventsIn(trx, period)
    .innerJoin('tickets', 'tickets.id', 'events.ticket_id')
    .select(['events.became', 'tickets.number'])
    .where('events.kind', '=', 'rating')
    .orderBy('events.id')
    .execute();
  // who thinks better of it rates again: the last one counts
  return [...new Map(rows.map((row) => [row.number, row.became]))]
    .map(([ticket, became]) => ({ mark: Number(became), ticket }))
    .filter(({ mark }) => Number.isInteger(mark) && mark >= 1 && mark <= 5);
}

/** How often a ticket came into a state, or left it for one in which the desk has work. */
async function movesIn(
  trx: Kysely<Tables>,
  period: Period,
  side: 'was' | 'became',
  states: readonly string[],
): Promise<number> {
  const moves = eventsIn(trx, period).where('events.kind', '=', 'state').where(side, 'in', states);
  const counted = side === 'was' ? moves.where('became', 'in', ['new', 'open']) : moves;
  const { n } = await counted.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  return Number(n);
}

async function filesIn(trx: Kysely<Tables>, { from, to }: Period): Promise<ReportRows['files']> {
  const rows = await trx
    .selectFrom('attachments')
    .innerJoin('entries', 'entries.id', 'attachments.entry_id')
    .select((e) => ['attachments.verdict', 'attachments.reason', e.fn.countAll<number>().as('n')])
    .where('entries.at', '>=', from)
    .where('entries.at', '<', to)
    .where('attachments.inlined', '=', 0)
    .groupBy(['attachments.verdict', 'attachments.reason'])
    .execute();
  const all = rows.reduce((sum, { n }) => sum + Number(n), 0);
  const accepted = rows.reduce((sum, { verdict, n }) => sum + (verdict === 'accepted' ? Number(n) : 0), 0);
  const refused = rows
    .filter(({ verdict }) => verdict !== 'accepted')
    .map(({ reason, n }) => ({ name: reason ?? 'other', n: Number(n) }));
  return { all, accepted, refused: merged(refused) };
}

/** One count a name. */
function merged(counts: readonly Count[]): readonly Count[] {
  const sums = new Map<string, number>();
  for (const { name, n } of counts) sums.set(name, (sums.get(name) ?? 0) + n);
  return [...sums].map(([name, n]) => ({ name, n }));
}
