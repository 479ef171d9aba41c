// A new ticket with its number.

import type { Kysely } from 'kysely';
import type { Change } from '../../decide/decision.ts';
import { ticketNumber } from '../../thread/damm.ts';
import type { Tables } from '../schema.ts';

/** The first number a desk gives is 10008: shorter ones are too easily something else. */
const FIRST_TICKET = 1000;

/** Opens a ticket; gives its id, the one after the last. */
export async function openTicket(
  trx: Kysely<Tables>,
  change: Extract<Change, { kind: 'open-ticket' }>,
  now: number,
): Promise<number> {
  const last = await trx
    .selectFrom('tickets')
    .select((t) => t.fn.max('id').as('id'))
    .executeTakeFirst();
  const id = (last?.id ?? FIRST_TICKET - 1) + 1;
  await trx
    .insertInto('tickets')
    .values({
      id,
      number: ticketNumber(id),
      state: 'new',
      subject: change.subject,
      requester: change.requester,
      requester_name: change.requesterName,
      language: change.language,
      related_to: change.relatedTo,
      merged_into: null,
      opened_at: change.at,
      state_since: now,
      changed_at: now,
    })
    .execute();
  return id;
}
