// Rows that other rows need: a letter that was dealt with and the ticket it opened.

import type { Insertable, Kysely } from 'kysely';
import { queueLetter } from '../../src/store/outbox-queue.ts';
import type { Tables } from '../../src/store/schema.ts';
import { ticketNumber } from '../../src/thread/damm.ts';
import { TO_IVAN } from './to-ivan.ts';

/** Letter `letter` and ticket `999 + letter` of ivan@client.example. */
export async function openTicket(
  db: Kysely<Tables>,
  letter: number,
  change: Partial<Insertable<Tables['tickets']>> = {},
): Promise<number> {
  const id = 999 + letter;
  await db
    .insertInto('letters')
    .values({
      id: letter,
      digest: `digest ${letter}`,
      received_at: 0,
      attempts: 1,
      not_before: 0,
      disposition: 'opened',
      ticket_id: id,
    })
    .execute();
  await db
    .insertInto('tickets')
    .values({
      id,
      number: ticketNumber(id),
      state: 'new',
      subject: 'Printer',
      requester: 'ivan@client.example',
      requester_name: 'Ivan',
      language: 'ru',
      related_to: null,
      merged_into: null,
      opened_at: 0,
      state_since: 0,
      changed_at: 0,
      ...change,
    })
    .execute();
  await db
    .insertInto('participants')
    .values({
      ticket_id: id,
      address: change.requester ?? 'ivan@client.example',
      name: 'Ivan',
      because: 'requester',
      since: 0,
    })
    .execute();
  return id;
}

/** The acknowledgement of `letter` to ivan@client.example, queued on `ticket`. */
export function queueAcknowledgement(db: Kysely<Tables>, letter: number, ticket: number, now: number): Promise<void> {
  return queueLetter(db, {
    dedupKey: `acknowledgement:${letter}`,
    messageId: `m${letter}.${ticket}@kvitok.desk.example`,
    kind: 'acknowledgement',
    form: 'full',
    ticket,
    letter,
    entry: null,
    recipient: TO_IVAN.recipient,
    model: { ...TO_IVAN.model, files: [] },
    now,
  });
}

/** Files a letter of the customer on a ticket; gives its entry. */
export const fileLetter = (db: Kysely<Tables>, ticket: number, at: number): Promise<number> =>
  fileEntry(db, { ticket_id: ticket, kind: 'customer', at, author: 'ivan@client.example', author_name: 'Ivan' });

/** Files an answer of the desk on a ticket, as if it had just been written; gives its entry. */
export const fileAnswer = (db: Kysely<Tables>, ticket: number, at: number): Promise<number> =>
  fileEntry(db, { ticket_id: ticket, kind: 'answer', at, author: 'boris@desk.example', author_name: 'Борис' });

async function fileEntry(
  db: Kysely<Tables>,
  entry: Pick<Insertable<Tables['entries']>, 'ticket_id' | 'kind' | 'at' | 'author' | 'author_name'>,
): Promise<number> {
  const row = await db
    .insertInto('entries')
    .values({ ...entry, letter_id: null, subject: '', reply: '', quoted: '', proof: '' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
