// Rows that other rows need: a letter that was dealt with and the ticket it opened.

import type { Kysely } from 'kysely';
import type { Tables } from '../../src/store/schema.ts';
import { ticketNumber } from '../../src/thread/damm.ts';

/** Letter `letter` and ticket `999 + letter` of ivan@client.example. */
export async function openTicket(
  db: Kysely<Tables>,
  letter: number,
  change: Partial<Tables['tickets']> = {},
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
