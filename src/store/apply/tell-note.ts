// A note for an operator: the first at once, those that follow on the same ticket soon after it in one letter together.

import type { Kysely } from 'kysely';
import type { Notification } from '../../decide/decision.ts';
import { prepared } from '../prepared.ts';
import type { Tables } from '../schema.ts';
import { queueNews } from './news.ts';
import type { Marking, Place } from './place.ts';

/** Notes of one ticket within so many milliseconds are told together. */
const TOGETHER = 10 * 60_000;

/** Queues it. What notes there are from this one on is read when the letter is sent. */
export async function tellNote(
  trx: Kysely<Tables>,
  { kind, form, to, language }: Notification,
  { ticket, entry, letter, now }: Place,
  marking: Marking,
): Promise<void> {
  const lately = (await toldLately(trx, { ticket, operator: to.identity, since: now - TOGETHER })).rows.length > 0;
  const slot = Math.floor(now / TOGETHER);
  const key = lately ? `together:${slot}` : entry;
  const dedupKey = `${kind}:${form}:${ticket}:${key}:${to.identity}`;
  const notBefore = lately ? { notBefore: (slot + 1) * TOGETHER } : {};
  await queueNews(trx, { kind, form, ticket, entry, letter, dedupKey, to, language, now, ...notBefore }, marking);
}

const toldLately = prepared(
  (db, { ticket, operator, since }: { readonly ticket: number; readonly operator: string; readonly since: number }) =>
    db
      .selectFrom('outbox')
      .select('id')
      .where('ticket_id', '=', ticket)
      .where('recipient', '=', operator)
      .where('kind', '=', 'notification')
      .where('form', '=', 'note')
      .where('created_at', '>', since)
      .limit(1),
);
