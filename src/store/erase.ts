// Erasing, table by table, for a person who asked to be forgotten. In: ids of rows, and the words that stand where there was
// text; out: the same rows, empty. Rows stay where others refer to them.

import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Tables } from './schema.ts';
import { unindexEntry } from './search.ts';

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
      .set({ author: '', author_name: '', subject: '', reply: words, quoted: '', proof: 'none' })
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

/** Numbers stay, so that none is given twice. A ticket in which nobody else wrote waits for nobody. */
export async function eraseTickets(trx: Kysely<Tables>, tickets: readonly number[], words: string, now: number) {
  await inParts(tickets, async (ids) => {
    const names = { subject: words, requester: '', requester_name: '', changed_at: now };
    await trx.updateTable('tickets').set(names).where('id', 'in', ids).execute();
    await trx
      .updateTable('tickets')
      .set({ state: 'resolved', state_since: now })
      .where('id', 'in', ids)
      .where('state', 'not in', ['resolved', 'merged', 'spam'])
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('entries')
              .select('entries.id')
              .whereRef('entries.ticket_id', '=', 'tickets.id')
              .where('entries.author', '!=', ''),
          ),
        ),
      )
      .execute();
    return [];
  });
}

/** Letters to them that have not left do not leave; how those ended that are under way nobody will note. */
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
      .set({ recipient: '', recipient_domain: '', model: '{}', last_error: words })
      .where('id', 'in', ids)
      .execute();
    return [];
  });
}

/** Where rows about others name them: reasons, evidence, Message-IDs that hold the address. In no transaction, for it reads everything. */
export async function scrub(db: Kysely<Tables>, address: string): Promise<void> {
  await db.deleteFrom('message_ids').where('ours', '=', 0).where(names('message_id', address)).execute();
  for (const column of ['because', 'evidence', 'silence', 'error', 'path'] as const) {
    const rows = await db.selectFrom('letters').select(['id', column]).where(names(column, address)).execute();
    for (const row of rows) {
      const text = without(row[column] ?? '', address);
      await db
        .updateTable('letters')
        .set({ [column]: text })
        .where('id', '=', row.id)
        .execute();
    }
  }
  for (const column of ['model', 'last_error'] as const) {
    const rows = await db.selectFrom('outbox').select(['id', column]).where(names(column, address)).execute();
    for (const row of rows) {
      const text = without(row[column] ?? '', address);
      await db
        .updateTable('outbox')
        .set({ [column]: text })
        .where('id', '=', row.id)
        .execute();
    }
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
