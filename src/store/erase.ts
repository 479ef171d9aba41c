// Erasing, table by table, for a person who asked to be forgotten. In: ids of rows, and the words that stand where there was
// text; out: the same rows, empty. Rows stay where others refer to them.

import { type Kysely, type SqlBool, sql } from 'kysely';
import type { TicketState } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import { stopClocks } from './clocks.ts';
import { moveTicket } from './move-ticket.ts';
import type { Tables } from './schema.ts';
import { unindexEntry } from './search.ts';
import { copiedIn } from './told.ts';

/** Empties letters and their entries; their Message-IDs go, so that nothing refers to them by it. */
export async function eraseLetters(trx: Kysely<Tables>, letters: readonly number[], words: string): Promise<void> {
  await inParts(letters, async (ids) => {
    const rows = await trx.selectFrom('letters').select('message_id').where('id', 'in', ids).execute();
    const messageIds = rows.flatMap(({ message_id }) => message_id ?? []);
    if (messageIds.length > 0)
      await trx.deleteFrom('message_ids').where('message_id', 'in', messageIds).where('ours', '=', 0).execute();
    const entries = await trx.selectFrom('entries').select('id').where('letter_id', 'in', ids).execute();
    for (const { id } of entries) await unindexEntry(trx, id);
    await trx.deleteFrom('attachments').where('letter_id', 'in', ids).execute();
    await trx
      .updateTable('entries')
      .set({ author: '', author_name: '', subject: '', reply: words, quoted: '', proof: 'none', copied: null })
      .where('letter_id', 'in', ids)
      .execute();
    const nothing = { message_id: null, author: null, subject: null, evidence: null, silence: null, error: null };
    await trx
      .updateTable('letters')
      .set({ ...nothing, because: words, path: '[]' })
      .where('id', 'in', ids)
      .execute();
    return [];
  });
}

/**
 * Numbers stay, so that none is given twice. A ticket in which nobody is left who wrote waits for nobody: it is closed, with
 * a note that says why, and has no clock.
 */
export async function eraseTickets(trx: Kysely<Tables>, tickets: readonly number[], words: string, now: number) {
  await inParts(tickets, async (ids) => {
    const nobody = { requester: '', requester_name: '', client_id: null };
    const said = { subject: words, level_because: words, site: null, version: null, edition: null };
    await trx
      .updateTable('tickets')
      .set({ ...nobody, ...said, changed_at: now })
      .where('id', 'in', ids)
      .execute();
    const left = await trx
      .selectFrom('tickets')
      .select(['id', 'state'])
      .where('id', 'in', ids)
      .where('state', '!=', 'merged')
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('entries')
              .innerJoin('participants', (join) =>
                join
                  .onRef('participants.ticket_id', '=', 'entries.ticket_id')
                  .onRef('participants.address', '=', (of) => of.fn('lower', ['entries.author'])),
              )
              .select('entries.id')
              .whereRef('entries.ticket_id', '=', 'tickets.id'),
          ),
        ),
      )
      .execute();
    for (const ticket of left) await closeErased(trx, ticket, words, now);
    return [];
  });
}

async function closeErased(
  trx: Kysely<Tables>,
  { id, state }: { readonly id: number; readonly state: TicketState },
  words: string,
  now: number,
): Promise<void> {
  if (state !== 'resolved' && state !== 'spam')
    await moveTicket(trx, { ticket: id, from: state, to: 'resolved', by: 'admin', because: words }, now);
  await stopClocks(trx, id, 'resolved', now);
  const note = { kind: 'note', author: 'admin', author_name: 'kvitok', subject: '', reply: words, quoted: '' };
  await trx
    .insertInto('entries')
    .values({ ...note, ticket_id: id, letter_id: null, at: now, proof: 'none' })
    .execute();
}

/** Out of the register; what is left of a client that was nobody but them has no name. */
export async function eraseClient(trx: Kysely<Tables>, address: string, words: string): Promise<void> {
  const [row] = await trx
    .deleteFrom('client_addresses')
    .where('address', '=', address)
    .returning('client_id')
    .execute();
  if (!row) return;
  const marks = (table: 'client_addresses' | 'client_domains') =>
    trx.selectFrom(table).select('client_id').where('client_id', '=', row.client_id).executeTakeFirst();
  if ((await marks('client_addresses')) || (await marks('client_domains'))) return;
  await trx
    .updateTable('clients')
    .set({ key: `erased-${row.client_id}`, name: words })
    .where('id', '=', row.client_id)
    .execute();
}

/** Letters to them, or to the desk about them: what has not left does not leave; how those ended that are under way nobody will note. */
export async function eraseSent(
  trx: Kysely<Tables>,
  sent: readonly number[],
  words: string,
  now: number,
): Promise<void> {
  await inParts(sent, async (ids) => {
    const open = { lease_owner: null, lease_until: null, settled_at: now };
    await trx
      .updateTable('outbox')
      .set({ state: 'failed', ...open })
      .where('id', 'in', ids)
      .where('state', '=', 'queued')
      .execute();
    await trx
      .updateTable('outbox')
      .set({ state: 'unknown', ...open })
      .where('id', 'in', ids)
      .where('state', '=', 'sending')
      .execute();
    await trx
      .updateTable('outbox')
      .set({ recipient: '', recipient_domain: '', counted_as: '', model: '{}', last_error: words })
      .where('id', 'in', ids)
      .execute();
    return [];
  });
}

/** Where rows about others name them: reasons, evidence, Message-IDs that hold the address. In no transaction, for it reads everything. */
export async function scrub(db: Kysely<Tables>, address: string): Promise<void> {
  await db.deleteFrom('message_ids').where('ours', '=', 0).where(names('message_id', address)).execute();
  for (const [table, columns] of Object.entries(NAMING)) {
    for (const column of columns) await scrubColumn(db, table, column, address);
  }
  await scrubCopied(db, address);
}

/** Of whom others wrote to as well, the name goes with the address. */
async function scrubCopied(db: Kysely<Tables>, address: string): Promise<void> {
  const rows = await db.selectFrom('entries').select(['id', 'copied']).where(names('copied', address)).execute();
  for (const { id, copied } of rows) {
    const others = copiedIn(copied).filter((one) => identity(one.address) !== address);
    const left = others.length > 0 ? JSON.stringify(others) : null;
    await db.updateTable('entries').set({ copied: left }).where('id', '=', id).execute();
  }
}

/** Columns of rows about somebody else that may hold an address: reasons, what was changed, letters to others. */
const NAMING: { readonly [table in keyof Tables]?: readonly (keyof Tables[table] & string)[] } = {
  letters: ['because', 'evidence', 'silence', 'error', 'path'],
  outbox: ['model', 'last_error'],
  events: ['was', 'became', 'because'],
  tickets: ['level_because'],
  participants: ['because'],
  suspensions: ['because'],
};

async function scrubColumn(db: Kysely<Tables>, table: string, column: string, address: string): Promise<void> {
  const { rows } = await sql<{ text: string }>`select distinct ${sql.ref(column)} as text from ${sql.table(table)}
    where ${names(column, address)}`.execute(db);
  for (const { text } of rows) {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${without(text, address)}
      where ${sql.ref(column)} = ${text}`.execute(db);
  }
}

const names = (column: string, address: string) => sql<SqlBool>`instr(lower(${sql.ref(column)}), ${address}) > 0`;

/** A text with the address taken out, in any case of its letters. */
const without = (text: string, address: string) => text.replaceAll(new RegExp(RegExp.escape(address), 'giu'), NOBODY);

/** An address that can be written wherever one stood, and is nobody's (RFC 2606). */
const NOBODY = 'erased@erased.invalid';

/** Ids in parts that a statement takes. */
export async function inParts<T>(
  ids: readonly number[],
  query: (part: readonly number[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let i = 0; i < ids.length; i += PART) found.push(...(await query(ids.slice(i, i + PART))));
  return found;
}

const PART = 500;
