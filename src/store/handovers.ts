// Tickets that were handed to the development department and of which it has not been told.

import type { Kysely } from 'kysely';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

export interface Handover {
  /** The event in the ticket's history. */
  readonly event: number;
  readonly ticket: number;
  readonly number: string;
  /** The letter that is shown: the oldest that waits, else the customer's last one. */
  readonly entry: number;
  readonly requester: string;
}

/** Older ones were told by another version, or there was nobody to tell. */
const LOOK_BACK = 3 * 86_400_000;

/** Hand-overs that are still to be told, oldest first. */
export async function untoldHandovers(db: Kysely<Tables>, now: number): Promise<readonly Handover[]> {
  const { rows } = await untold(db, { since: now - LOOK_BACK });
  return rows.flatMap(({ waiting, last, ...row }) => {
    const entry = waiting ?? last;
    return entry === null ? [] : [{ ...row, entry }];
  });
}

const untold = prepared((db, { since }: { readonly since: number }) =>
  db
    .selectFrom('events')
    .innerJoin('tickets', 'tickets.id', 'events.ticket_id')
    .select(['events.id as event', 'tickets.id as ticket', 'tickets.number', 'tickets.requester'])
    .select((e) => [
      e
        .selectFrom('clocks')
        .select((c) => c.fn.min('clocks.entry_id').as('entry'))
        .whereRef('clocks.ticket_id', '=', 'tickets.id')
        .where('clocks.stopped_at', 'is', null)
        .as('waiting'),
      e
        .selectFrom('entries')
        .select((c) => c.fn.max('entries.id').as('entry'))
        .whereRef('entries.ticket_id', '=', 'tickets.id')
        .where('entries.kind', 'in', ['customer', 'phone'])
        .as('last'),
    ])
    .where('events.kind', '=', 'level')
    .where('events.at', '>', since)
    .where('events.became', '=', 'development')
    .where('tickets.level', '=', 'development')
    // one that was taken back in between is told by the last one
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('events as later')
            .select('later.id')
            .whereRef('later.ticket_id', '=', 'tickets.id')
            .whereRef('later.id', '>', 'events.id')
            .where('later.kind', '=', 'level'),
        ),
      ),
    )
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('outbox')
            .select('outbox.id')
            .whereRef('outbox.ticket_id', '=', 'tickets.id')
            .whereRef('outbox.created_at', '>=', 'events.at')
            .where('outbox.form', '=', 'handover'),
        ),
      ),
    )
    .orderBy('events.id'),
);
