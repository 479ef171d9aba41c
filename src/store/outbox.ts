// The outbox: letters to be sent, written in the transaction that decided them. A claim counts the attempt and takes a lease
// before anything is said to a server; a settlement counts only where the lease is its own.

import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely';
import { kindsWhere, type OutgoingKind } from '../desk/outgoing.ts';
import type { OutgoingModel } from './outbox-queue.ts';
import { prepared } from './prepared.ts';
import type { OutboxTable, Reduced, Tables } from './schema.ts';

const LEASE_MS = 60_000;

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition
const QUEUED = sql<boolean>`state = 'queued'`;
const SENDING = sql<boolean>`state = 'sending'`;

/** No letter is put off for longer than this: a wait that is longer was written before the clock was set back. */
const LONGEST_WAIT_MS = 2 * 3_600_000;

const UNGUARDED = kindsWhere((rules) => !rules.guarded);

interface DueBy {
  readonly now: number;
  readonly longest: number;
}

const dueBy = (now: number): DueBy => ({ now, longest: now + LONGEST_WAIT_MS });
const dueAt =
  ({ now, longest }: DueBy) =>
  (e: ExpressionBuilder<Tables, 'outbox'>) =>
    e.or([e('not_before', '<=', now), e('not_before', '>', longest)]);

export interface OutgoingLetter {
  readonly id: number;
  readonly messageId: string;
  readonly kind: OutgoingKind;
  readonly form: string;
  readonly ticket: number | null;
  /** The letter it answers; null where it answers none. */
  readonly letter: number | null;
  readonly entry: number | null;
  readonly model: OutgoingModel;
  readonly attempts: number;
  /** Whether an attempt before this one may have arrived. */
  readonly doubtful: boolean;
  readonly createdAt: number;
}

/** Letters that may leave now; `guarded` false leaves out what the breaker or the cap holds back. */
function due(db: Kysely<Tables>, by: DueBy, guarded: boolean) {
  const ids = db.selectFrom('outbox').select('id').where(QUEUED).where(dueAt(by));
  return guarded ? ids : ids.where('kind', 'in', UNGUARDED);
}

/** Takes up to `most` letters that are due. The attempt counts from here on, whatever happens next. */
export async function claimOutgoing(
  db: Kysely<Tables>,
  owner: string,
  now: number,
  most: number,
  guarded: boolean,
): Promise<readonly OutgoingLetter[]> {
  const claim = guarded ? claimAny : claimUnguarded;
  const { rows } = await claim(db, { owner, until: now + LEASE_MS, ...dueBy(now), most });
  return rows.map(outgoingOf).sort((a, b) => a.id - b.id);
}

interface Claim extends DueBy {
  readonly owner: string;
  readonly until: number;
  readonly most: number;
}

const claimOf = (guarded: boolean) =>
  prepared((db, { owner, until, most, ...by }: Claim) =>
    db
      .updateTable('outbox')
      .set((e) => ({
        state: 'sending' as const,
        attempts: e('attempts', '+', 1),
        lease_owner: owner,
        lease_until: until,
      }))
      .where('id', 'in', due(db, by, guarded).orderBy('not_before').orderBy('id').limit(most))
      .returningAll(),
  );
const claimAny = claimOf(true);
const claimUnguarded = claimOf(false);

/** A row of the outbox as the letter it stands for. */
export const outgoingOf = (row: Selectable<OutboxTable>): OutgoingLetter => ({
  id: row.id,
  messageId: row.message_id,
  kind: row.kind,
  form: row.form,
  ticket: row.ticket_id,
  letter: row.letter_id,
  entry: row.entry_id,
  model: JSON.parse(row.model) as OutgoingModel,
  attempts: row.attempts,
  doubtful: row.doubtful_since !== null,
  createdAt: row.created_at,
});

/** How an attempt ended. `again` puts it back; `counted` false takes the attempt back, for the server was never reached. */
export type Settlement =
  | {
      readonly state: 'sent' | 'failed' | 'unknown';
      readonly error: string | null;
      /** Recipients whom the server would not take, while it took others. */
      readonly refused?: readonly string[];
      /** Those whom it only put off, and when they get a letter of their own. */
      readonly late?: { readonly people: readonly string[]; readonly notBefore: number };
      /** Where it was not put together as it should be. */
      readonly composed?: Reduced;
    }
  | {
      readonly state: 'queued';
      readonly error: string;
      readonly notBefore: number;
      readonly counted: boolean;
      /** It may have arrived. */
      readonly doubtful: boolean;
    };

/** What the end of an attempt brings with it on the ticket, in the transaction that writes it down. */
export type Consequence = (
  trx: Kysely<Tables>,
  letter: OutgoingLetter,
  settlement: Settlement,
  at: number,
) => Promise<void>;

/**
 * Writes how an attempt ended, with its consequence where there is one, in one transaction. False where the lease was lost meanwhile: then
 * the outcome is somebody else's to write.
 */
export async function settleOutgoing(
  db: Kysely<Tables>,
  letter: OutgoingLetter,
  owner: string,
  settlement: Settlement,
  now: number,
  consequence: Consequence | null,
): Promise<boolean> {
  if (consequence === null) return settle(db, letter.id, owner, settlement, now);
  const both = async (trx: Kysely<Tables>) => {
    const ours = await settle(trx, letter.id, owner, settlement, now);
    if (ours) await consequence(trx, letter, settlement, now);
    return ours;
  };
  return db.isTransaction ? both(db) : db.transaction().execute(both);
}

async function settle(
  db: Kysely<Tables>,
  id: number,
  owner: string,
  settlement: Settlement,
  now: number,
): Promise<boolean> {
  if (settlement.state !== 'queued') {
    const { state, error, composed = null } = settlement;
    return (await end(db, { id, owner, state, error, composed, now })).numAffectedRows === 1n;
  }
  const { error, notBefore, counted, doubtful } = settlement;
  const done = await db
    .updateTable('outbox')
    .set((e) => ({
      state: 'queued',
      last_error: error,
      lease_owner: null,
      lease_until: null,
      settled_at: null,
      not_before: notBefore,
      ...(counted ? {} : { attempts: e('attempts', '-', 1) }),
      ...(doubtful ? { doubtful_since: now } : {}),
    }))
    .where('id', '=', id)
    .where(SENDING)
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

interface End {
  readonly id: number;
  readonly owner: string;
  readonly state: 'sent' | 'failed' | 'unknown';
  readonly error: string | null;
  readonly composed: Reduced | null;
  readonly now: number;
}

const end = prepared((db, { id, owner, state, error, composed, now }: End) =>
  db
    .updateTable('outbox')
    .set({ state, last_error: error, composed, lease_owner: null, lease_until: null, settled_at: now })
    .where('id', '=', id)
    .where(SENDING)
    .where('lease_owner', '=', owner),
);

/** Prolongs the leases of letters that are still being sent, so that a slow final dot is no second sending. */
export async function renewOutgoing(db: Kysely<Tables>, owner: string, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ lease_until: now + LEASE_MS })
    .where(SENDING)
    .where('lease_owner', '=', owner)
    .execute();
}

/** How many letters were under way when their sender died, by what became of them. */
export interface Orphans {
  readonly closed: number;
  readonly again: number;
}

/**
 * Letters that were under way when their sender died. Whether they arrived nobody can know: what leaves at most once is
 * closed as unknown, what must arrive is queued again with the Message-ID it has (`OUTGOING`).
 */
export async function settleOrphans(db: Kysely<Tables>, owner: string, now: number): Promise<Orphans> {
  const orphans = (afterCrash: 'close' | 'again') =>
    db
      .updateTable('outbox')
      .where(SENDING)
      .where('lease_owner', '!=', owner)
      .where(
        'kind',
        'in',
        kindsWhere((rules) => rules.afterCrash === afterCrash),
      )
      .set({ last_error: 'kvitok was stopped while this letter was under way', lease_owner: null });
  const closed = await orphans('close').set({ state: 'unknown', settled_at: now }).executeTakeFirst();
  const again = await orphans('again')
    .set({ state: 'queued', not_before: now, doubtful_since: now })
    .executeTakeFirst();
  return { closed: Number(closed.numUpdatedRows), again: Number(again.numUpdatedRows) };
}

/** Whether a queued letter is due; asked before a claim, which takes the write lock. */
export async function isOutgoingDue(db: Kysely<Tables>, now: number): Promise<boolean> {
  return (await anyDue(db, dueBy(now))).rows.length > 0;
}

const anyDue = prepared((db, by: DueBy) => due(db, by, true).limit(1));

/** Acknowledgements sent since `since`, for the cap on all of them together. */
export async function countSentSince(db: Kysely<Tables>, since: number): Promise<number> {
  return Number((await sentSince(db, { since })).rows[0]?.n);
}

const sentSince = prepared((db, { since }: { readonly since: number }) =>
  db
    .selectFrom('outbox')
    .select((o) => o.fn.countAll<number>().as('n'))
    .where('kind', '=', 'acknowledgement')
    .where('settled_at', '>', since),
);
