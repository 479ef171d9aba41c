// An admin overrules how a letter was decoded: the entry gets the new text, the letter's path says so. The raw bytes, the
// ticket's number, what was decided and what was sent stay as they are.

import type { Kysely } from 'kysely';
import type { Step } from '../decide/decision.ts';
import type { Mailbox } from '../mail/address.ts';
import { searchedText } from './apply/append-entry.ts';
import type { Tables } from './schema.ts';
import { indexEntry, unindexEntry } from './search.ts';

/** What of an entry depends on the charset. */
export interface Reread {
  readonly subject: string;
  /** Whom the header names: the writer of the entry is one of them, though not always in From. */
  readonly people: readonly Mailbox[];
  readonly reply: string;
  readonly quoted: string;
}

/** Rewrites the entry of a letter; gives false where the letter has none. `note` is put on its path. */
export async function rewriteEntry(db: Kysely<Tables>, letter: number, text: Reread, note: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const entry = await trx.selectFrom('entries').selectAll().where('letter_id', '=', letter).executeTakeFirst();
    if (!entry) return false;
    const { subject, people, reply, quoted } = text;
    const author_name = people.find(({ address }) => address === entry.author)?.name ?? entry.author_name;
    await trx.updateTable('entries').set({ subject, author_name, reply, quoted }).where('id', '=', entry.id).execute();
    await unindexEntry(trx, entry.id);
    await indexEntry(
      trx,
      entry.id,
      searchedText(entry.ticket_id, { ...text, authorName: author_name, author: entry.author }),
    );
    await renameTicket(trx, entry.ticket_id, entry.id, { subject, name: author_name });
    await noteOnPath(trx, letter, subject, note);
    return true;
  });
}

/** A ticket is called after its first letter. */
async function renameTicket(
  trx: Kysely<Tables>,
  ticket: number,
  entry: number,
  { subject, name }: { readonly subject: string; readonly name: string },
): Promise<void> {
  const first = await trx
    .selectFrom('entries')
    .select('id')
    .where('ticket_id', '=', ticket)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (first?.id !== entry) return;
  await trx.updateTable('tickets').set({ subject, requester_name: name }).where('id', '=', ticket).execute();
}

async function noteOnPath(trx: Kysely<Tables>, letter: number, subject: string, note: string): Promise<void> {
  const row = await trx.selectFrom('letters').select('path').where('id', '=', letter).executeTakeFirstOrThrow();
  const path: Step[] = [...(JSON.parse(row.path ?? '[]') as Step[]), { step: 'recode', what: note }];
  await trx
    .updateTable('letters')
    .set({ subject, path: JSON.stringify(path) })
    .where('id', '=', letter)
    .execute();
}
