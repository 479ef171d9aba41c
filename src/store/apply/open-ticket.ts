// A new ticket with its number.

import type { Insertable, Kysely } from 'kysely';
import type { Change } from '../../decide/decision.ts';
import { ticketNumber } from '../../thread/damm.ts';
import { prepared } from '../prepared.ts';
import type { Tables, TicketsTable } from '../schema.ts';

/** The first number a desk gives is 10008: shorter ones are too easily something else. */
const FIRST_TICKET = 1000;

/** Opens a ticket; gives its id, the one after the last. */
export async function openTicket(
  trx: Kysely<Tables>,
  change: Extract<Change, { kind: 'open-ticket' }>,
  now: number,
): Promise<number> {
  const [last] = (await lastTicket(trx, {})).rows;
  const id = (last?.id ?? FIRST_TICKET - 1) + 1;
  await insert(trx, {
    id,
    number: ticketNumber(id),
    state: 'new',
    subject: change.subject,
    requester: change.requester,
    requester_name: change.requesterName,
    language: change.language,
    related_to: change.relatedTo,
    merged_into: null,
    client_id: change.client,
    level: change.level.level,
    level_because: change.level.because,
    opened_at: change.at,
    state_since: now,
    changed_at: now,
    critical: change.critical,
  });
  return id;
}

const lastTicket = prepared((db, _: object) => db.selectFrom('tickets').select((t) => t.fn.max('id').as('id')));
const insert = prepared((db, row: Insertable<TicketsTable>) => db.insertInto('tickets').values(row));
