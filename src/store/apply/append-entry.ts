// A letter as an entry of a ticket, with its files and the words a search finds it by.

import type { Insertable, Kysely } from 'kysely';
import type { AttachmentFacts, EntryFacts } from '../../decide/decision.ts';
import { ticketNumber } from '../../thread/damm.ts';
import { prepared } from '../prepared.ts';
import type { AttachmentsTable, EntriesTable, Tables } from '../schema.ts';
import { indexEntry, type Stemmed } from '../search.ts';

/**
 * Appends an entry; gives its id. `letter` is the letter it is made of (null where none is: noted by hand, or a notice of kvitok),
 * `stemmed` the stems of its reply where they are made.
 */
export async function appendEntry(
  trx: Kysely<Tables>,
  ticket: number,
  entry: EntryFacts,
  letter: number | null,
  now: number,
  stemmed?: Stemmed,
): Promise<number> {
  const { insertId } = await insert(trx, {
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
    copied: entry.copied?.length ? JSON.stringify(entry.copied) : null,
  });
  const id = Number(insertId);
  if (letter !== null) for (const file of entry.attachments) await attach(trx, id, letter, file);
  await indexEntry(trx, id, searchedText(ticket, entry), stemmed);
  await touch(trx, { ticket, now });
  return id;
}

/** Without `returning`, before which SQLite would write out what the index of words has in memory, for every entry anew. */
const insert = prepared((db, row: Insertable<EntriesTable>) => db.insertInto('entries').values(row));

const touch = prepared((db, { ticket, now }: { ticket: number; now: number }) =>
  db.updateTable('tickets').set({ changed_at: now }).where('id', '=', ticket),
);

async function attach(trx: Kysely<Tables>, entry: number, letter: number, file: AttachmentFacts): Promise<void> {
  await insertFile(trx, {
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
  });
}

const insertFile = prepared((db, row: Insertable<AttachmentsTable>) => db.insertInto('attachments').values(row));

/** What a search finds an entry by; what its writer wrote comes last. */
export function searchedText(
  ticket: number,
  entry: Pick<EntryFacts, 'subject' | 'authorName' | 'author' | 'reply'>,
): string {
  return [ticketNumber(ticket), entry.subject, entry.authorName, entry.author, entry.reply].join('\n');
}
