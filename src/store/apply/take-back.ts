// An answer that has not left yet is taken back: it stays with the desk as a note.

import type { Kysely } from 'kysely';
import type { CommandChange } from '../../desk/commands/change.ts';
import { recordEvent } from '../events.ts';
import type { Tables } from '../schema.ts';
import type { Origin } from './origin.ts';

/** Takes an answer out of the outbox. Throws where it is on its way or has left: the letter is then decided again. */
export async function takeBack(
  trx: Kysely<Tables>,
  { ticket, outbox, by }: Extract<CommandChange, { kind: 'take-back' }>,
  { now, letter }: Origin,
): Promise<void> {
  const row = await trx
    .updateTable('outbox')
    .set({ state: 'dropped', last_error: `taken back by ${by}`, settled_at: now })
    .where('id', '=', outbox)
    .where('ticket_id', '=', ticket)
    .where('state', '=', 'queued')
    .returning('entry_id')
    .executeTakeFirst();
  if (!row) throw new Error(`the answer ${outbox} waits no longer`);
  if (row.entry_id !== null)
    await trx
      .updateTable('entries')
      .set({ kind: 'note' })
      .where('id', '=', row.entry_id)
      .where('kind', '=', 'answer')
      .execute();
  await recordEvent(
    trx,
    ticket,
    { kind: 'letter', by, was: 'answer queued', became: 'dropped', because: '#undo' },
    now,
    letter,
  );
}
