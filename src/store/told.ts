// What is told to operators of an entry: the ticket as it stands now, the entry with its files, and what was said before it.

import type { Kysely } from 'kysely';
import type { Step } from '../decide/decision.ts';
import type { Defect } from '../mail/message.ts';
import { ticketClient } from './clients.ts';
import type { Tables } from './schema.ts';

const BEFORE = 3;

/** What was wrong with a letter by the way it went, which its row holds; null where it went none. */
export function defectsIn(path: string | null): readonly Defect[] {
  const way = JSON.parse(path ?? '[]') as readonly Step[];
  return way.flatMap(({ defects = [] }) => defects);
}

/** What stands on the letter of an entry: what was wrong with it when it was read, and why it got no acknowledgement. */
async function onLetter(
  db: Kysely<Tables>,
  id: number | null,
): Promise<{ readonly defects: readonly Defect[]; readonly silence: string | null }> {
  if (id === null) return { defects: [], silence: null };
  const letter = await db.selectFrom('letters').select(['path', 'silence']).where('id', '=', id).executeTakeFirst();
  return { defects: defectsIn(letter?.path ?? null), silence: letter?.silence ?? null };
}

/** An entry of a ticket with everything around it; null where it is not there. */
export async function entryToTell(db: Kysely<Tables>, ticketId: number, entryId: number) {
  const ticket = await db.selectFrom('tickets').selectAll().where('id', '=', ticketId).executeTakeFirst();
  const entry = await db.selectFrom('entries').selectAll().where('id', '=', entryId).executeTakeFirst();
  if (!ticket || !entry) return null;
  const files = await db.selectFrom('attachments').selectAll().where('entry_id', '=', entryId).orderBy('id').execute();
  const before = await db
    .selectFrom('entries')
    .select(['at', 'kind', 'author', 'author_name', 'reply'])
    .where('ticket_id', '=', ticketId)
    .where('id', '<', entryId)
    .orderBy('id', 'desc')
    .limit(BEFORE)
    .execute();
  const client = await ticketClient(db, ticketId);
  return { ticket, entry, client, files, before: before.toReversed(), ...(await onLetter(db, entry.letter_id)) };
}
