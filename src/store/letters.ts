// The work list of letters: claimed before their bytes are looked at, dealt with in one transaction, set aside after
// too many claims. A letter that is in the spool and has no row here has not been claimed yet.

import type { Kysely } from 'kysely';
import type { Aside, Disposition, Step } from '../decide/decision.ts';
import type { Classification } from '../mail/classification.ts';
import { prepared } from './prepared.ts';
import type { LettersTable, Tables } from './schema.ts';
import type { Spool, SpooledLetter } from './spool.ts';

/** Claims after which a letter is set aside instead of being tried again. */
export const MAX_ATTEMPTS = 3;
export const LEASE_MS = 60_000;
const RETRY_MS = 5_000;

export interface ClaimedLetter extends SpooledLetter {
  /** This claim included. */
  readonly attempts: number;
  /** Which operator stands for the letter, who had read its ticket up to `entry`. */
  readonly confirmed: { readonly by: string; readonly entry: number } | null;
  /** Who released it as a person's letter, whatever marks it bears. */
  readonly released: string | null;
}

/**
 * Takes up to `most` letters that are due, and counts the attempt before anybody looks at their bytes, so that a letter
 * that kills the process is known by its count. A letter that was claimed before is claimed alone, for if it kills again
 * it must take no neighbour with it: first those that were under way when a process died, then new ones, then retries.
 * `beside` others that are worked on, only new ones are taken.
 */
export async function claimLetters(
  db: Kysely<Tables>,
  spool: Spool,
  now: number,
  most: number,
  beside = false,
): Promise<readonly ClaimedLetter[]> {
  return db.transaction().execute(async (trx) => {
    const last = await lastClaimed(trx);
    const due = await dueAgain(trx, now);
    const fresh = due?.not_before === 0 ? [] : spool.after(last, most);
    const again = due && fresh.length === 0 && !beside ? [due] : [];
    const lease = { lease_until: now + LEASE_MS };
    if (fresh.length > 0) {
      await trx
        .insertInto('letters')
        .values(
          fresh.map((l) => ({
            id: l.id,
            digest: l.digest,
            received_at: l.receivedAt,
            attempts: 1,
            not_before: 0,
            ...lease,
          })),
        )
        .execute();
    }
    for (const row of again) {
      await trx
        .updateTable('letters')
        .set({ attempts: row.attempts + 1, ...lease })
        .where('id', '=', row.id)
        .execute();
    }
    return [
      ...fresh.map((letter) => ({ ...letter, attempts: 1, confirmed: null, released: null })),
      ...again.map((row) => ({
        ...(spool.get(row.id) ?? lost(row)),
        attempts: row.attempts + 1,
        confirmed: row.confirmed_by === null ? null : { by: row.confirmed_by, entry: row.confirmed_entry ?? 0 },
        released: row.released_by,
      })),
    ];
  });
}

async function lastClaimed(db: Kysely<Tables>): Promise<number> {
  const last = await db
    .selectFrom('letters')
    .select((l) => l.fn.max('id').as('id'))
    .executeTakeFirst();
  return last?.id ?? 0;
}

/** Whether the spool holds letters that nobody has claimed yet. */
export async function isAnyUnclaimed(db: Kysely<Tables>, spool: Spool): Promise<boolean> {
  return spool.after(await lastClaimed(db), 1).length > 0;
}

type DueAgain = Pick<
  LettersTable,
  'id' | 'digest' | 'received_at' | 'attempts' | 'not_before' | 'confirmed_by' | 'confirmed_entry' | 'released_by'
>;

/** A letter that an older copy of the spool does not know: it has no bytes, and is set aside like any other without them. */
const lost = (row: DueAgain): SpooledLetter => ({
  id: row.id,
  source: 'lost',
  digest: row.digest,
  envelope: { from: null, to: [] },
  receivedAt: row.received_at,
  size: 0,
  oversize: null,
  silent: null,
});

function dueAgain(trx: Kysely<Tables>, now: number): Promise<DueAgain | undefined> {
  return (
    trx
      .selectFrom('letters')
      .select([
        'id',
        'digest',
        'received_at',
        'attempts',
        'not_before',
        'confirmed_by',
        'confirmed_entry',
        'released_by',
      ])
      .where('disposition', 'is', null)
      // a wait longer than the longest was written before the clock was set back
      .where((e) => e.or([e('not_before', '<=', now), e('not_before', '>', now + RETRY_MS * MAX_ATTEMPTS)]))
      .where((e) =>
        e.or([e('lease_until', 'is', null), e('lease_until', '<', now), e('lease_until', '>', now + LEASE_MS)]),
      )
      .orderBy('not_before')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
  );
}

/** Leases of a process that is gone; called at the start by whoever holds the data folder's lock. */
export async function releaseLetters(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('letters').set({ lease_until: null }).where('disposition', 'is', null).execute();
}

/** How a letter ended, as its row keeps it. */
export interface Outcome {
  readonly disposition: Disposition;
  readonly because: string;
  readonly ticket: number | null;
  readonly sameAs?: number;
  readonly messageId?: string | null;
  readonly author?: string | null;
  readonly subject?: string;
  readonly classification?: Classification;
  readonly silence?: string | null;
  /** Left out where the disposition says it. */
  readonly aside?: Aside | undefined;
  /** What its top Content-* fields say. */
  readonly readAs?: string;
  readonly path: readonly Step[];
}

/** Writes the one disposition of a letter. Throws where it has one already: a letter is dealt with once. */
export async function closeLetter(trx: Kysely<Tables>, id: number, outcome: Outcome, now: number): Promise<void> {
  const done = await close(trx, {
    id,
    disposition: outcome.disposition,
    because: outcome.because,
    ticket_id: outcome.ticket,
    same_as: outcome.sameAs ?? null,
    message_id: outcome.messageId ?? null,
    author: outcome.author ?? null,
    subject: outcome.subject ?? null,
    kind: outcome.classification?.kind ?? null,
    rule: outcome.classification?.rule ?? null,
    evidence: outcome.classification?.evidence ?? null,
    silence: outcome.silence ?? null,
    aside: outcome.aside ?? asideBy(outcome),
    read_as: outcome.readAs ?? null,
    path: JSON.stringify(outcome.path),
    dealt_at: now,
  });
  if (done.numAffectedRows !== 1n) throw new Error(`letter ${id} was dealt with already`);
}

/** What came to an end beside every ticket. */
function asideBy({ disposition, ticket }: Outcome): Aside | null {
  if (disposition === 'quarantined') return 'failed';
  if (ticket !== null) return null;
  if (disposition === 'own') return 'own';
  return disposition === 'automatic' || disposition === 'bounce' ? 'automatic' : null;
}

type ClosedRow = Omit<
  LettersTable,
  | 'digest'
  | 'received_at'
  | 'attempts'
  | 'lease_until'
  | 'not_before'
  | 'error'
  | 'confirmed_by'
  | 'confirmed_entry'
  | 'released_by'
>;

const close = prepared((db, { id, ...outcome }: ClosedRow) =>
  db
    .updateTable('letters')
    .set({ ...outcome, lease_until: null })
    .where('id', '=', id)
    .where('disposition', 'is', null),
);

/** Records a failure; the letter waits and is tried again, after the letters behind it. */
export async function postponeLetter(
  db: Kysely<Tables>,
  id: number,
  attempts: number,
  error: string,
  now: number,
): Promise<void> {
  await db
    .updateTable('letters')
    .set({ error, lease_until: null, not_before: now + RETRY_MS * attempts })
    .where('id', '=', id)
    .where('disposition', 'is', null)
    .execute();
}

/** Gives letters back as if they had not been claimed: what failed was the database, or the daemon ends. */
export async function returnLetters(db: Kysely<Tables>, ids: readonly number[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('letters')
    .set((e) => ({ attempts: e('attempts', '-', 1), lease_until: null, not_before: now + RETRY_MS }))
    .where('id', 'in', ids)
    .where('disposition', 'is', null)
    .execute();
}

/** Letters of a ticket with their decision paths, in order. */
export async function lettersOf(db: Kysely<Tables>, ticket: number) {
  return db.selectFrom('letters').selectAll().where('ticket_id', '=', ticket).orderBy('id').execute();
}
