// What is told to operators of an entry: the ticket as it stands now, the entry with its files, and what was said before it.

import type { Kysely } from 'kysely';
import type { Step } from '../decide/decision.ts';
import { identity, type Mailbox } from '../mail/address.ts';
import type { Defect } from '../mail/message.ts';
import { ticketClient } from './clients.ts';
import type { Tables } from './schema.ts';
import { ticketsBeside } from './tickets-beside.ts';

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

/** Which letter tells of an entry, as far as it says what else is told in it. */
export interface Telling {
  readonly outbox: number;
  readonly form: string;
  /** Normalised address of the operator. */
  readonly to: string;
}

/** An entry of a ticket with everything around it; null where it is not there. */
export async function entryToTell(db: Kysely<Tables>, ticketId: number, entryId: number, telling: Telling) {
  const ticket = await db.selectFrom('tickets').selectAll().where('id', '=', ticketId).executeTakeFirst();
  const entry = await db.selectFrom('entries').selectAll().where('id', '=', entryId).executeTakeFirst();
  if (!ticket || !entry) return null;
  const notes = await notesFrom(db, entry, telling);
  const had = telling.form === 'assignment' && (await hadBefore(db, entry, telling));
  const shown = [...(had ? [] : [entryId]), ...notes.map(({ id }) => id)];
  const files = await db
    .selectFrom('attachments')
    .selectAll()
    .where('entry_id', 'in', [0, ...shown])
    .orderBy('id')
    .execute();
  const before = await db
    .selectFrom('entries')
    .select(['at', 'kind', 'author', 'author_name', 'reply'])
    .where('ticket_id', '=', ticketId)
    .where('id', '<', entryId)
    .orderBy('id', 'desc')
    .limit(BEFORE)
    .execute();
  const client = await ticketClient(db, ticketId);
  const beside = await ticketsBeside(db, ticket, entry.subject);
  const copied = await copiedOn(db, entry);
  const around = { client, files, notes, had, beside, copied, before: before.toReversed() };
  return { ticket, entry, ...around, ...(await onLetter(db, entry.letter_id)) };
}

/** Who else stood in To and Cc of an entry's letter, and whether he gets the answers. */
async function copiedOn(
  db: Kysely<Tables>,
  { ticket_id, copied }: { readonly ticket_id: number; readonly copied: string | null },
): Promise<readonly (Mailbox & { readonly answered: boolean })[]> {
  if (copied === null) return [];
  const rows = await db.selectFrom('participants').select('address').where('ticket_id', '=', ticket_id).execute();
  const people = new Set(rows.map(({ address }) => address));
  return copiedIn(copied).map((one) => ({ ...one, answered: people.has(identity(one.address) ?? '') }));
}

/** Who else stood in To and Cc, by the column of the entry. */
export const copiedIn = (copied: string | null): readonly Mailbox[] =>
  copied === null ? [] : (JSON.parse(copied) as readonly Mailbox[]);

/** Notes in one letter. */
const NOTES = 20;

interface EntryOfTicket {
  readonly id: number;
  readonly ticket_id: number;
}

/** What was noted since an entry by others than who is told, oldest first; where this is no letter that tells of notes, nothing. */
async function notesFrom(db: Kysely<Tables>, { id, ticket_id }: EntryOfTicket, { form, to }: Telling) {
  if (form !== 'note' && form !== 'assignment') return [];
  const notes = await db
    .selectFrom('entries')
    .select(['id', 'author', 'author_name', 'reply'])
    .where('ticket_id', '=', ticket_id)
    .where('id', '>=', id)
    .where('kind', 'in', ['note', 'phone'])
    .where('author', '!=', to)
    .orderBy('id', 'desc')
    .limit(NOTES)
    .execute();
  return notes.toReversed();
}

/** Entries that are looked through for access data, and characters of each. */
const LOOKED_THROUGH = 200;
const LOOKED_AT = 200_000;

/** What was said in a ticket, newest first, where access data may stand. */
export async function saidOn(db: Kysely<Tables>, ticket: number) {
  return db
    .selectFrom('entries')
    .select(['author', 'author_name', 'at'])
    .select((e) => e.fn<string>('substr', ['reply', e.lit(1), e.lit(LOOKED_AT)]).as('text'))
    .where('ticket_id', '=', ticket)
    .where('kind', 'in', ['customer', 'thanks', 'note', 'phone', 'answer'])
    .orderBy('id', 'desc')
    .limit(LOOKED_THROUGH)
    .execute();
}

/** Whether an operator was sent this entry already. */
async function hadBefore(
  db: Kysely<Tables>,
  { id, ticket_id }: EntryOfTicket,
  { outbox, to }: Telling,
): Promise<boolean> {
  const sent = await db
    .selectFrom('outbox')
    .select('id')
    .where('ticket_id', '=', ticket_id)
    .where('entry_id', '=', id)
    .where('recipient', '=', to)
    .where('kind', '=', 'notification')
    .where('id', '!=', outbox)
    .where('state', 'in', ['queued', 'sending', 'sent'])
    .executeTakeFirst();
  return sent !== undefined;
}
