// Which ticket a Message-ID stands in, and whether we wrote that letter.

import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** Remembers a Message-ID; one that is known in this ticket stays as it is. */
export async function rememberMessageId(
  trx: Kysely<Tables>,
  ticket: number,
  messageId: string,
  ours: boolean,
): Promise<void> {
  await trx
    .insertInto('message_ids')
    .values({ message_id: messageId, ticket_id: ticket, ours: ours ? 1 : 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
