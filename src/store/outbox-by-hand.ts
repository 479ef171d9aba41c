// What an admin does to letters in the outbox: look at one, send it again, drop it. Each change is compare-and-set, for a
// daemon may be at work on the same rows.

import type { Kysely } from 'kysely';
import { recordEvent } from './events.ts';
import { type OutgoingLetter, outgoingOf } from './outbox.ts';
import type { OutboxState, Tables } from './schema.ts';

/** A row of the outbox with what a person asks about it. */
export interface OutboxRow {
  /** Null where what it said was erased. */
  readonly letter: OutgoingLetter | null;
  readonly id: number;
  readonly kind: OutgoingLetter['kind'];
  readonly state: OutboxState;
  readonly recipient: string;
  readonly ticket: number | null;
  readonly lastError: string | null;
  readonly notBefore: number;
  readonly createdAt: number;
  readonly settledAt: number | null;
}

/** A letter by its number; null where there is none. */
export async function outboxRow(db: Kysely<Tables>, id: number): Promise<OutboxRow | null> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  return {
    letter: row.model === '{}' ? null : outgoingOf(row),
    id,
    kind: row.kind,
    state: row.state,
    recipient: row.recipient,
    ticket: row.ticket_id,
    lastError: row.last_error,
    notBefore: row.not_before,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  };
}

/** Has a letter tried at once, as if it had not been tried before. False where it is no longer in the state that was seen. */
export async function retryOutgoing(db: Kysely<Tables>, row: OutboxRow, now: number): Promise<boolean> {
  const done = await db
    .updateTable('outbox')
    .set({ state: 'queued', attempts: 0, not_before: now, last_error: null, settled_at: null })
    .where('id', '=', row.id)
    .where('state', '=', row.state)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Takes a letter out for good; its ticket remembers it. False where it is no longer in the state that was seen. */
export async function dropOutgoing(db: Kysely<Tables>, row: OutboxRow, because: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const done = await trx
      .updateTable('outbox')
      .set({ state: 'dropped', last_error: because, settled_at: now })
      .where('id', '=', row.id)
      .where('state', '=', row.state)
      .executeTakeFirst();
    if (done.numUpdatedRows !== 1n) return false;
    const change = {
      kind: 'letter',
      by: 'admin',
      was: `${row.kind} ${row.state}`,
      became: 'dropped',
      because,
    } as const;
    if (row.ticket !== null) await recordEvent(trx, row.ticket, change, now);
    return true;
  });
}
