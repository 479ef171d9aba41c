// The outbox: letters to be sent, written in the transaction that decided them. A claim counts the attempt and takes a lease
// before anything is said to a server; a settlement counts only where the lease is its own.

import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { Acknowledgement } from '../decide/decision.ts';
import type { OutboxState, Tables } from './schema.ts';

const LEASE_MS = 60_000;

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition
const QUEUED = sql<boolean>`state = 'queued'`;
const SENDING = sql<boolean>`state = 'sending'`;

/** No letter is put off for longer than this: a wait that is longer was written before the clock was set back. */
const LONGEST_WAIT_MS = 2 * 3_600_000;

const dueAt = (now: number) => (e: ExpressionBuilder<Tables, 'outbox'>) =>
  e.or([e('not_before', '<=', now), e('not_before', '>', now + LONGEST_WAIT_MS)]);

/** What a template needs and the headers of the letter, fixed when it is written. */
export interface OutgoingModel {
  readonly to: { readonly name: string; readonly address: string };
  readonly language: 'ru' | 'en';
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** The signed address that an answer goes to; null where answers go to the support address. */
  readonly replyTo: string | null;
  /** Files of the letter it answers; `refused` is a code of src/attachments/reasons.ts. */
  readonly files: Acknowledgement['files'];
}

export interface OutgoingLetter {
  readonly id: number;
  readonly messageId: string;
  readonly kind: 'acknowledgement';
  readonly form: string;
  readonly ticket: number;
  /** The letter it answers; null where it answers none. */
  readonly letter: number | null;
  readonly model: OutgoingModel;
  readonly attempts: number;
  readonly createdAt: number;
}

/** Queues the acknowledgement of a letter; a second one for the same letter is the first one. */
export async function queueAcknowledgement(
  trx: Kysely<Tables>,
  response: Acknowledgement,
  row: {
    readonly letter: number;
    readonly ticket: number;
    readonly messageId: string;
    readonly now: number;
    readonly replyTo: string | null;
  },
): Promise<void> {
  const { to, language, inReplyTo, references, files } = response;
  const model: OutgoingModel = { to, language, inReplyTo, references, replyTo: row.replyTo, files };
  await trx
    .insertInto('outbox')
    .values({
      dedup_key: `acknowledgement:${row.letter}`,
      message_id: row.messageId,
      kind: 'acknowledgement',
      form: response.form,
      ticket_id: row.ticket,
      letter_id: row.letter,
      recipient: to.identity,
      recipient_domain: to.identity.slice(to.identity.lastIndexOf('@') + 1),
      model: JSON.stringify(model),
      state: 'queued',
      attempts: 0,
      not_before: row.now,
      created_at: row.now,
    })
    .onConflict((conflict) => conflict.column('dedup_key').doNothing())
    .execute();
}

/** Takes up to `most` letters that are due. The attempt counts from here on, whatever happens next. */
export async function claimOutgoing(
  db: Kysely<Tables>,
  owner: string,
  now: number,
  most: number,
): Promise<readonly OutgoingLetter[]> {
  const due = db
    .selectFrom('outbox')
    .select('id')
    .where(QUEUED)
    .where(dueAt(now))
    .orderBy('not_before')
    .orderBy('id')
    .limit(most);
  const rows = await db
    .updateTable('outbox')
    .set((e) => ({
      state: 'sending' as const,
      attempts: e('attempts', '+', 1),
      lease_owner: owner,
      lease_until: now + LEASE_MS,
    }))
    .where('id', 'in', due)
    .returningAll()
    .execute();
  return rows
    .map((row) => ({
      id: row.id,
      messageId: row.message_id,
      kind: row.kind,
      form: row.form,
      ticket: row.ticket_id,
      letter: row.letter_id,
      model: JSON.parse(row.model) as OutgoingModel,
      attempts: row.attempts,
      createdAt: row.created_at,
    }))
    .sort((a, b) => a.id - b.id);
}

/** How an attempt ended. `again` puts it back; `counted` false takes the attempt back, for the server was never reached. */
export type Settlement =
  | { readonly state: Exclude<OutboxState, 'queued' | 'sending'>; readonly error: string | null }
  | { readonly state: 'queued'; readonly error: string; readonly notBefore: number; readonly counted: boolean };

/** Writes how an attempt ended. False where the lease was lost meanwhile: then the outcome is somebody else's to write. */
export async function settleOutgoing(
  db: Kysely<Tables>,
  id: number,
  owner: string,
  settlement: Settlement,
  now: number,
): Promise<boolean> {
  const again = settlement.state === 'queued' ? settlement : null;
  const done = await db
    .updateTable('outbox')
    .set((e) => ({
      state: settlement.state,
      last_error: settlement.error,
      lease_owner: null,
      lease_until: null,
      settled_at: again ? null : now,
      ...(again ? { not_before: again.notBefore } : {}),
      ...(again && !again.counted ? { attempts: e('attempts', '-', 1) } : {}),
    }))
    .where('id', '=', id)
    .where(SENDING)
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Prolongs the leases of letters that are still being sent, so that a slow final dot is no second sending. */
export async function renewOutgoing(db: Kysely<Tables>, owner: string, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ lease_until: now + LEASE_MS })
    .where(SENDING)
    .where('lease_owner', '=', owner)
    .execute();
}

/**
 * Letters that were under way when their sender died. Whether they arrived nobody can know, and an acknowledgement leaves
 * at most once: they are closed as unknown. Gives their number.
 */
export async function closeOrphans(db: Kysely<Tables>, owner: string, now: number): Promise<number> {
  const done = await db
    .updateTable('outbox')
    .set({
      state: 'unknown',
      last_error: 'kvitok was stopped while this letter was under way',
      settled_at: now,
      lease_owner: null,
    })
    .where(SENDING)
    .where('lease_owner', '!=', owner)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Whether a queued letter is due; asked before a claim, which takes the write lock. */
export async function isOutgoingDue(db: Kysely<Tables>, now: number): Promise<boolean> {
  const due = db.selectFrom('outbox').select('id').where(QUEUED).where(dueAt(now));
  return (await due.limit(1).executeTakeFirst()) !== undefined;
}

/** Acknowledgements sent since `since`, for the cap on all of them together. */
export async function countSentSince(db: Kysely<Tables>, since: number): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((o) => o.fn.countAll<number>().as('n'))
    .where('kind', '=', 'acknowledgement')
    .where('settled_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Outbox rows for people, newest first. */
export async function listOutgoing(
  db: Kysely<Tables>,
  filter: { readonly state?: OutboxState; readonly ticket?: number },
  most: number,
) {
  let query = db
    .selectFrom('outbox')
    .innerJoin('tickets', 'tickets.id', 'outbox.ticket_id')
    .selectAll('outbox')
    .select('tickets.number');
  if (filter.state) query = query.where('outbox.state', '=', filter.state);
  if (filter.ticket !== undefined) query = query.where('outbox.ticket_id', '=', filter.ticket);
  return query.orderBy('outbox.id', 'desc').limit(most).execute();
}
