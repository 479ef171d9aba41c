// Which ticket a Message-ID stands in, and whether we wrote that letter.

import type { Kysely } from 'kysely';
import { prepared } from './prepared.ts';
import type { MessageIdsTable, Tables } from './schema.ts';

/** Remembers a Message-ID; one that is known in this ticket stays as it is. */
export async function rememberMessageId(
  trx: Kysely<Tables>,
  ticket: number,
  messageId: string,
  ours: boolean,
): Promise<void> {
  await remember(trx, { message_id: messageId, ticket_id: ticket, ours: ours ? 1 : 0 });
}

const remember = prepared((db, row: MessageIdsTable) =>
  db
    .insertInto('message_ids')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);
