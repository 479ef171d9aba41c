// How the desk is, in numbers, for alarms and metrics. Each question reads only the rows it is about: there may be a million.

import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** Some letters, the oldest and the newest (epoch milliseconds), and what was said of the oldest. */
export interface Group {
  readonly letters: number;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly error: string | null;
}

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition
const QUARANTINED = sql<boolean>`disposition = 'quarantined'`;
const QUEUED = sql<boolean>`state = 'queued'`;
const FAILED = sql<boolean>`state = 'failed'`;

/** Letters that could not be handled, by when they were set aside. Those that an operator was asked about are not among them: they were read. */
export async function quarantined(db: Kysely<Tables>): Promise<Group> {
  const rows = await db
    .selectFrom('letters')
    .select(['dealt_at as at', 'because as error'])
    .where(QUARANTINED)
    .where('kind', 'is', null)
    .orderBy('dealt_at')
    .execute();
  return groupOf(rows);
}

/** Letters that are due or were tried, by when they were written. Those that wait for a time that was set are not among them. */
export async function waiting(db: Kysely<Tables>, now: number): Promise<Group> {
  const rows = await db
    .selectFrom('outbox')
    .select(['created_at as at', 'last_error as error'])
    .where(QUEUED)
    .where((e) => e.or([e('last_error', 'is not', null), e('not_before', '<=', now)]))
    .orderBy('created_at')
    .execute();
  return groupOf(rows);
}

/** Letters that were refused for good or given up since then, by when that was. */
export async function failedSince(db: Kysely<Tables>, since: number): Promise<Group> {
  const rows = await db
    .selectFrom('outbox')
    .select(['settled_at as at', 'last_error as error'])
    .where(FAILED)
    .where('settled_at', '>', since)
    .orderBy('settled_at')
    .execute();
  return groupOf(rows);
}

/** Letters that could not be put together since then: operators got a bare notice in their place, customers nothing. */
export async function uncomposedSince(db: Kysely<Tables>, since: number): Promise<Group> {
  const rows = await db
    .selectFrom('outbox')
    .select(['settled_at as at', 'last_error as error'])
    .where(sql<boolean>`composed is not null`)
    .where('composed', '!=', 'without-files')
    .where('settled_at', '>', since)
    .orderBy('settled_at')
    .execute();
  return groupOf(rows);
}

/** Letters in an operator's name that nothing proved, and about which he was asked since then. */
export async function unprovenSince(db: Kysely<Tables>, since: number): Promise<Group> {
  const rows = await db
    .selectFrom('outbox')
    .select(['created_at as at', 'recipient as error'])
    .where('kind', '=', 'question')
    .where('form', '=', 'unproven')
    .where('created_at', '>', since)
    .orderBy('created_at')
    .execute();
  return groupOf(rows);
}

/** What the metrics tell of the store. */
export interface DeskNumbers {
  readonly inWork: number;
  readonly quarantined: number;
  readonly outbox: readonly { readonly kind: string; readonly state: string; readonly letters: number }[];
  readonly oldestWaiting: number | null;
  readonly unanswered: number;
  readonly oldestUnanswered: number | null;
  readonly lateTickets: number;
  readonly dueTickets: number;
}

const HOUR = 3_600_000;
/** More letters than this in work are told as so many. */
const MOST_IN_WORK = 10_000;

/** Looks everything up; reads no row of what is long over. */
export async function deskNumbers({ db, spool }: Store, now: number): Promise<DeskNumbers> {
  const claimed = await db
    .selectFrom('letters')
    .select((l) => l.fn.countAll<number>().as('n'))
    .where(sql<boolean>`disposition is null`)
    .executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('letters')
    .select((l) => l.fn.max('id').as('id'))
    .executeTakeFirst();
  const clocks = await db
    .selectFrom('clocks')
    .select((c) => [c.fn.countAll<number>().as('n'), c.fn.min('started_at').as('oldest')])
    .where(sql<boolean>`stopped_at is null`)
    .executeTakeFirstOrThrow();
  const dueBefore = async (at: number) =>
    Number(
      (
        await db
          .selectFrom('tickets')
          .select((t) => t.fn.countAll<number>().as('n'))
          .where(sql<boolean>`due_at is not null`)
          .where('due_at', '<=', at)
          .executeTakeFirstOrThrow()
      ).n,
    );
  const late = await dueBefore(now);
  const notSent = await Promise.all(NOT_SENT.map((state) => byKind(db, state)));
  return {
    inWork: Number(claimed.n) + spool.audit.numbers(last?.id ?? 0, MOST_IN_WORK).length,
    quarantined: (await quarantined(db)).letters,
    outbox: notSent.flat(),
    oldestWaiting: (await waiting(db, now)).oldest,
    unanswered: Number(clocks.n),
    oldestUnanswered: clocks.oldest,
    lateTickets: late,
    dueTickets: (await dueBefore(now + HOUR)) - late,
  };
}

const NOT_SENT = ['queued', 'sending', 'failed', 'unknown'] as const;

async function byKind(db: Kysely<Tables>, state: (typeof NOT_SENT)[number]) {
  // grouped here: to group them itself SQLite would read every letter that ever left, in the order of an index by kind
  const rows = await db
    .selectFrom('outbox')
    .select('kind')
    .where(sql<boolean>`state = ${sql.lit(state)}`)
    .execute();
  return [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, some]) => ({ kind, state, letters: some.length }));
}

function groupOf(rows: readonly { readonly at: number | null; readonly error: string | null }[]): Group {
  const [first] = rows;
  return {
    letters: rows.length,
    oldest: first?.at ?? null,
    newest: rows.at(-1)?.at ?? null,
    error: first?.error ?? null,
  };
}
