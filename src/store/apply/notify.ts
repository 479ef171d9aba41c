// News for an operator of an entry: the one that a letter has just become, or an earlier one that concerns him from now on.

import type { Kysely } from 'kysely';
import type { Notification } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import { gather } from '../told-enough.ts';
import { queueNews } from './news.ts';
import type { Marking, Place } from './place.ts';
import { tellNote } from './tell-note.ts';

/** Queues a notification of an entry, one an operator, however often it is told. */
export const notify = (
  trx: Kysely<Tables>,
  notification: Notification,
  place: Place,
  marking: Marking,
): Promise<void> => {
  const { kind, form, to, language, entry = place.entry } = notification;
  const { ticket, letter, now } = place;
  if (form === 'gathered') return gather(trx, notification, now, marking);
  if (form === 'note') return tellNote(trx, notification, { ...place, entry }, marking);
  // an entry that became a ticket of its own is told anew, and so is one that is shown with a ticket that is given to somebody
  const given = form === 'assignment' || form === 'access' ? `:${form}:${letter ?? now}` : '';
  const dedupKey = `${kind}:${ticket}:${entry}:${to.identity}${given}`;
  return queueNews(trx, { kind, form, ticket, entry, letter, dedupKey, to, language, now }, marking);
};
