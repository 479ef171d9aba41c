// Operators who have had as many notifications within this hour as they get one by one: a flood of customers' letters, or a
// loop, is gathered into one letter at the end of the hour.

import type { Kysely } from 'kysely';
import type { Rules } from '../decide/case.ts';
import type { Notification } from '../decide/decision.ts';
import type { Marking } from './apply/place.ts';
import { queueLetter } from './outbox-queue.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

const HOUR = 3_600_000;
const hourOf = (now: number): number => Math.floor(now / HOUR);

/** Normalised addresses of those who had enough within the hour of `now`. */
export async function toldEnough(
  trx: Kysely<Tables>,
  { operators, notificationsPerHour }: Pick<Rules, 'operators' | 'notificationsPerHour'>,
  now: number,
): Promise<ReadonlySet<string>> {
  const enough = new Set<string>();
  for (const { identity } of operators) {
    const last = { operator: identity, since: hourOf(now) * HOUR, before: notificationsPerHour - 1 };
    if ((await lastOfTheHour(trx, last)).rows.length > 0) enough.add(identity);
  }
  return enough;
}

const lastOfTheHour = prepared(
  (db, { operator, since, before }: { readonly operator: string; readonly since: number; readonly before: number }) =>
    db
      .selectFrom('outbox')
      .select('id')
      .where('recipient', '=', operator)
      .where('created_at', '>=', since)
      .where('kind', '=', 'notification')
      .limit(1)
      .offset(before),
);

/** Queues the one letter at the end of the hour; what waits then is read when it is sent. */
export function gather(
  trx: Kysely<Tables>,
  { to, language }: Notification,
  now: number,
  { messageIdFor }: Marking,
): Promise<void> {
  const { identity, name, address } = to;
  return queueLetter(trx, {
    dedupKey: `gathered:${hourOf(now)}:${identity}`,
    messageId: messageIdFor('digest', null),
    kind: 'digest',
    form: 'morning',
    ticket: null,
    letter: null,
    entry: null,
    recipient: identity,
    model: {
      to: { name, address },
      language,
      inReplyTo: null,
      references: [],
      replyTo: null,
      values: { gathered: true },
    },
    now,
    notBefore: (hourOf(now) + 1) * HOUR,
  });
}
