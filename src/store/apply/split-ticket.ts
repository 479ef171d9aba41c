// One letter of a ticket gets a ticket of its own, with its files, its clock and its Message-ID.

import type { Kysely } from 'kysely';
import type { CommandChange } from '../../desk/commands/change.ts';
import { identity } from '../../mail/address.ts';
import { ticketNumber } from '../../thread/damm.ts';
import { recordEvent } from '../events.ts';
import { carryClocks } from '../recount-clocks.ts';
import type { Tables } from '../schema.ts';
import { indexEntry, unindexEntry } from '../search.ts';
import { searchedText } from './append-entry.ts';
import { openTicket } from './open-ticket.ts';
import type { Origin } from './origin.ts';

/** Splits an entry off; gives the id of its new ticket. Throws where the entry is not on the ticket any more. */
export async function splitTicket(
  trx: Kysely<Tables>,
  { ticket, entry: entryId, by }: Extract<CommandChange, { kind: 'split' }>,
  { now, letter, timetable }: Origin,
): Promise<number> {
  const entry = await trx
    .selectFrom('entries')
    .selectAll()
    .where('id', '=', entryId)
    .where('ticket_id', '=', ticket)
    .executeTakeFirst();
  if (!entry) throw new Error(`entry ${entryId} is no longer on ticket ${ticket}`);
  const old = await trx.selectFrom('tickets').selectAll().where('id', '=', ticket).executeTakeFirstOrThrow();
  const requester = identity(entry.author) ?? entry.author;
  const made = await openTicket(
    trx,
    {
      kind: 'open-ticket',
      subject: entry.subject,
      requester,
      requesterName: entry.author_name,
      language: old.language,
      relatedTo: ticket,
      client: old.client_id,
      level: { level: old.level, because: old.level_because },
      critical: 'no',
      at: entry.at,
    },
    now,
  );
  await trx
    .insertInto('participants')
    .values({ ticket_id: made, address: requester, name: entry.author_name, because: 'requester', since: now })
    .execute();
  await moveEntry(trx, entry, made);
  await carryClocks(trx, { from: ticket, into: made, entry: entry.id }, timetable, now);
  const event = { kind: 'split', by, was: old.number, became: ticketNumber(made), because: '#split' } as const;
  await recordEvent(trx, ticket, event, now, letter);
  await recordEvent(trx, made, event, now, letter);
  return made;
}

async function moveEntry(
  trx: Kysely<Tables>,
  entry: { readonly id: number; readonly ticket_id: number; readonly letter_id: number | null } & Parameters<
    typeof found
  >[1],
  to: number,
): Promise<void> {
  await trx.updateTable('entries').set({ ticket_id: to }).where('id', '=', entry.id).execute();
  await unindexEntry(trx, entry.id);
  await indexEntry(trx, entry.id, found(to, entry));
  if (entry.letter_id === null) return;
  await trx.updateTable('letters').set({ ticket_id: to }).where('id', '=', entry.letter_id).execute();
  const ids = trx.selectFrom('letters').select('message_id').where('id', '=', entry.letter_id);
  await trx
    .updateTable('message_ids')
    .set({ ticket_id: to })
    .where('message_id', 'in', ids)
    .where('ticket_id', '=', entry.ticket_id)
    .where('ours', '=', 0)
    .execute();
}

const found = (
  ticket: number,
  row: { readonly subject: string; readonly author: string; readonly author_name: string; readonly reply: string },
) => searchedText(ticket, { ...row, authorName: row.author_name });
