// A letter as an entry of a ticket, with its files and the words a search finds it by.

import type { Kysely } from 'kysely';
import type { AttachmentFacts, EntryFacts } from '../../decide/decision.ts';
import { ticketNumber } from '../../thread/damm.ts';
import type { Tables } from '../schema.ts';
import { indexEntry } from '../search.ts';

/** Appends an entry; gives its id. `letter` is the letter it is made of. */
export async function appendEntry(
  trx: Kysely<Tables>,
  ticket: number,
  entry: EntryFacts,
  letter: number,
  now: number,
): Promise<number> {
  const row = await trx
    .insertInto('entries')
    .values({
      ticket_id: ticket,
      letter_id: letter,
      kind: entry.kind,
      author: entry.author,
      author_name: entry.authorName,
      at: entry.at,
      subject: entry.subject,
      reply: entry.reply,
      quoted: entry.quoted,
      proof: entry.proof,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const file of entry.attachments) await attach(trx, row.id, letter, file);
  await indexEntry(trx, row.id, searchedText(ticket, entry));
  await trx.updateTable('tickets').set({ changed_at: now }).where('id', '=', ticket).execute();
  return row.id;
}

async function attach(trx: Kysely<Tables>, entry: number, letter: number, file: AttachmentFacts): Promise<void> {
  await trx
    .insertInto('attachments')
    .values({
      entry_id: entry,
      letter_id: letter,
      path: file.path,
      filename: file.filename,
      content_type: file.contentType,
      size: file.size,
      sha256: file.sha256,
      type: file.type,
      verdict: file.verdict,
      reason: file.reason,
      detail: file.detail,
      inlined: file.inlined ? 1 : 0,
    })
    .execute();
}

/** What a search finds an entry by. */
export function searchedText(
  ticket: number,
  entry: Pick<EntryFacts, 'subject' | 'authorName' | 'author' | 'reply'>,
): string {
  return [ticketNumber(ticket), entry.subject, entry.authorName, entry.author, entry.reply].join('\n');
}
