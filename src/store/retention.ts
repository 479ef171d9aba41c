// Retention: which letters have outlived the desk's rules, and the removal of their bytes, some at a time. What was said in a
// ticket, its rows, keys and digests stay: nothing is ever taken in twice, and no open ticket loses anything.

import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** Ages in days; null keeps for ever. */
export interface RetentionRules {
  /** Since the letter's ticket came to rest. */
  readonly rawDays: number | null;
  /** Since the letter was set aside. */
  readonly quarantineDays: number | null;
  /** Since automatic mail that is on no ticket was filed. */
  readonly automaticDays: number | null;
}

/** Letters and bytes that went, or would go, by kind. */
export type Removed = Readonly<Record<RetentionKind, { readonly letters: number; readonly bytes: number }>>;
export type RetentionKind = 'resolved' | 'quarantined' | 'automatic';

export interface RetentionRun {
  readonly rules: RetentionRules;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Only counts. */
  readonly dry: boolean;
  /** Waited for between two commits, so that letters that come in meanwhile are kept at once. */
  readonly pause: () => Promise<unknown>;
  /** Asked between two commits: whether to leave the rest for another time. */
  readonly stopped?: () => boolean;
}

const DAY = 86_400_000;
/** Letters looked at in one query. */
const PAGE = 500;
/** Bytes removed in one commit: freeing them is what takes time under the lock. */
const COMMIT_BYTES = 8 * 1024 * 1024;

/** A ticket at rest: nobody waits for anything in it. */
const AT_REST = ['resolved', 'spam'] as const;

type Where = (e: ExpressionBuilder<Tables, 'letters'>) => Expression<SqlBool>;

/** Removes (or counts) what has outlived the rules. Throws where the database does; what was committed by then stays removed. */
export async function removeOutlived(store: Store, run: RetentionRun): Promise<Removed> {
  const { rawDays, quarantineDays, automaticDays } = run.rules;
  const removed = {
    resolved: await removeKind(store, run, onTicketAtRest(before(run.now, rawDays))),
    quarantined: await removeKind(
      store,
      run,
      setAsideBefore(['quarantined', 'answers-notice'], before(run.now, quarantineDays)),
    ),
    automatic: await removeKind(
      store,
      run,
      setAsideBefore(['automatic', 'bounce', 'own', 'duplicate'], before(run.now, automaticDays)),
    ),
  };
  if (!run.dry) while (!run.stopped?.() && store.spool.removals.shrink()) await run.pause();
  return removed;
}

const before = (now: number, days: number | null): number | null => (days === null ? null : now - days * DAY);

/** Letters of tickets at rest since before `at`; a merged one rests when the ticket it went to does. */
function onTicketAtRest(at: number | null): Where | null {
  if (at === null) return null;
  return (e) =>
    e.exists(
      e
        .selectFrom('tickets as t')
        .leftJoin('tickets as into', 'into.id', 't.merged_into')
        .select('t.id')
        .whereRef('t.id', '=', 'letters.ticket_id')
        .where('t.state_since', '<', at)
        .where((t) =>
          t.or([
            t('t.state', 'in', AT_REST),
            t.and([t('t.state', '=', 'merged'), t('into.state', 'in', AT_REST), t('into.state_since', '<', at)]),
          ]),
        ),
    );
}

/** Letters on no ticket that came to one of these ends before `at`. */
function setAsideBefore(ends: readonly string[], at: number | null): Where | null {
  if (at === null) return null;
  return (e) => e.and([e('ticket_id', 'is', null), e('disposition', 'in', ends), e('dealt_at', '<', at)]);
}

async function removeKind(
  { db, spool }: Store,
  run: RetentionRun,
  where: Where | null,
): Promise<{ letters: number; bytes: number }> {
  const sum = { letters: 0, bytes: 0 };
  for (let last = 0; where !== null && !run.stopped?.(); ) {
    const page = await outlivedAfter(db, last, where);
    if (page.length === 0) break;
    const sizes = spool.removals.sizes(page);
    const batch = firstOf(page, sizes);
    // between the question and the removal nothing else runs: no ticket is reopened in between by this process
    if (!run.dry && batch.letters.length > 0) spool.removals.remove(batch.letters, 'retention', run.now);
    sum.letters += batch.letters.length;
    sum.bytes += batch.bytes;
    last = batch.last;
    await run.pause();
  }
  return sum;
}

async function outlivedAfter(db: Kysely<Tables>, last: number, where: Where): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('letters')
    .select('id')
    .where('id', '>', last)
    .where('disposition', 'is not', null)
    .where(where)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return rows.map(({ id }) => id);
}

/** As many letters that have bytes as fit into a commit, at least one; and the last letter that was looked at. */
function firstOf(page: readonly number[], sizes: ReadonlyMap<number, number>) {
  const letters: number[] = [];
  let bytes = 0;
  let last = 0;
  for (const letter of page) {
    const size = sizes.get(letter);
    if (size !== undefined && bytes >= COMMIT_BYTES) break;
    last = letter;
    if (size === undefined) continue;
    letters.push(letter);
    bytes += size;
  }
  return { letters, bytes, last };
}
