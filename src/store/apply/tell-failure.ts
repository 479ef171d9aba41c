// An operator hears that an answer of his did not arrive, in the thread of the ticket's notifications.

import type { Kysely } from 'kysely';
import type { Failure } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import { queueNews } from './news.ts';
import type { Marking, Place } from './place.ts';

/** Queues the letter; each end of an answer is told once. */
export function tellFailure(
  trx: Kysely<Tables>,
  { kind, form, to, language, outbox, values }: Failure,
  { ticket, entry, now }: Place,
  marking: Marking,
): Promise<void> {
  const dedupKey = `${kind}:${outbox}:${values.how}`;
  return queueNews(trx, { kind, form, ticket, entry, letter: null, dedupKey, to, language, values, now }, marking);
}
