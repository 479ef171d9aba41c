// How the desk is, in numbers, for alarms and metrics. Each question reads only the rows it is about: there may be a million.

import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

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

/** Letters that were set aside, by when that was. */
export async function quarantined(db: Kysely<Tables>): Promise<Group> {
  const rows = await db
    .selectFrom('letters')
    .select(['dealt_at as at', 'because as error'])
    .where(QUARANTINED)
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

function groupOf(rows: readonly { readonly at: number | null; readonly error: string | null }[]): Group {
  const [first] = rows;
  return {
    letters: rows.length,
    oldest: first?.at ?? null,
    newest: rows.at(-1)?.at ?? null,
    error: first?.error ?? null,
  };
}
