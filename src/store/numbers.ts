// How the desk is, in numbers, for alarms and metrics. Each question reads only the rows it is about: there may be a million.

import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';
import { countAside, NEWS, WAITING } from './set-aside.ts';
import type { Store } from './store.ts';

/** Some letters, the oldest and the newest (epoch milliseconds), and what was said of the oldest. */
export interface Group {
  readonly letters: number;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly error: string | null;
}

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition
const IS_ASIDE = sql<boolean>`aside is not null`;
const QUEUED = sql<boolean>`state = 'queued'`;
const FAILED = sql<boolean>`state = 'failed'`;

/** Letters that could not be handled, by when they were set aside. Those that an operator was asked about are not among them: they were read. */
export async function failedToBeHandled(db: Kysely<Tables>): Promise<Group> {
  const rows = await db
    .selectFrom('letters')
    .select(['dealt_at as at', 'because as error'])
    .where(IS_ASIDE)
    .where('aside', '=', 'failed')
    .orderBy('dealt_at')
    .execute();
  return groupOf(rows);
}

/** Letters dealt with between two moments, and how many of them are set aside. */
export async function shareAside(db: Kysely<Tables>, from: number, to: number) {
  const within = db
    .selectFrom('letters')
    .select((l) => l.fn.countAll<number>().as('n'))
    .where('dealt_at', '>', from)
    .where('dealt_at', '<=', to);
  const all = await within.where('disposition', 'not in', ['own', 'duplicate']).executeTakeFirstOrThrow();
  const aside = await within.where(IS_ASIDE).where('aside', 'in', NEWS).executeTakeFirstOrThrow();
  return { letters: Number(all.n), aside: Number(aside.n) };
}

/** Letters in an operator's name without proof, and how many of them nobody was asked about. */
export interface Unproven extends Group {
  readonly unasked: number;
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

/** Letters in an operator's name that nothing proved, and that came since then; `error` is the operator. */
export async function unprovenSince(db: Kysely<Tables>, since: number): Promise<Unproven> {
  const asked = await db
    .selectFrom('outbox')
    .select(['letter_id as id', 'created_at as at', 'recipient as error'])
    .where('kind', '=', 'question')
    .where('form', '=', 'unproven')
    .where('created_at', '>', since)
    .execute();
  const aside = await db
    .selectFrom('letters')
    .select(['id', 'dealt_at as at', 'author as error', 'aside'])
    .where(IS_ASIDE)
    .where('aside', 'in', ['unproven', 'unasked', 'given-up'])
    .where('dealt_at', '>', since)
    .execute();
  const rows = [...new Map([...asked, ...aside].map((row) => [row.id, row])).values()];
  return {
    ...groupOf(rows.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))),
    unasked: aside.filter((row) => row.aside === 'unasked').length,
  };
}

/** What the metrics tell of the store. */
export interface DeskNumbers {
  readonly inWork: number;
  /** Letters set aside that wait for somebody. */
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
    quarantined: await countAside(db, WAITING),
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
