// News for an operator of an entry that a letter has just become.

import type { Kysely } from 'kysely';
import type { Notification } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import { queueNews } from './news.ts';
import type { Marking, Place } from './place.ts';

/** Queues a notification of an entry, one an operator. */
export const notify = (
  trx: Kysely<Tables>,
  notification: Notification,
  place: Place,
  marking: Marking,
): Promise<void> => {
  const { kind, form, to, language } = notification;
  const dedupKey = `${kind}:${place.entry}:${to.identity}`;
  const { ticket, entry, letter, now } = place;
  return queueNews(trx, { kind, form, ticket, entry, letter, dedupKey, to, language, now }, marking);
};
