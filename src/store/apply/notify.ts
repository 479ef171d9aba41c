// News for an operator, put into the outbox. What it says is read when it is sent; here are its thread and its way back.

import type { Kysely } from 'kysely';
import type { Notification } from '../../decide/decision.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import { prepared } from '../prepared.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';

/** Queues a notification of an entry, one an operator. All of a ticket hang on the first that this operator got. */
export async function notify(
  trx: Kysely<Tables>,
  { kind, form, to, language }: Notification,
  { ticket, entry, letter, now }: Place,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const messageId = messageIdFor(kind, ticket);
  const before = await threadOf(trx, ticket, to.identity);
  await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    dedupKey: `${kind}:${entry}:${to.identity}`,
    messageId,
    kind,
    form,
    ticket,
    letter,
    entry,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo: before.at(-1) ?? null,
      references: before,
      replyTo: replyAddressFor({ reader: 'operator', ticket, about: entry }, to.identity),
    },
    now,
  });
}

/** Message-IDs of what an operator was sent on a ticket: the first, which never changes, and the last ones. */
export async function threadOf(trx: Kysely<Tables>, ticket: number, operator: string): Promise<readonly string[]> {
  const { rows } = await notified(trx, { ticket, operator });
  const ids = rows.map(({ message_id }) => message_id);
  return [...ids.slice(0, 1), ...ids.slice(1).slice(-REFERENCES)];
}

const REFERENCES = 9;

const notified = prepared((db, { ticket, operator }: { readonly ticket: number; readonly operator: string }) =>
  db
    .selectFrom('outbox')
    .select('message_id')
    .where('ticket_id', '=', ticket)
    .where('recipient', '=', operator)
    .where('kind', '=', 'notification')
    .orderBy('id'),
);
