// An operator hears that an answer of his did not arrive, put into the outbox in the thread of the ticket's notifications.

import type { Kysely } from 'kysely';
import type { Failure } from '../../decide/decision.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import { threadOf } from './news.ts';
import type { Marking, Place } from './place.ts';

/** Queues the letter; each end of an answer is told once. */
export async function tellFailure(
  trx: Kysely<Tables>,
  { kind, form, to, language, outbox, values }: Failure,
  { ticket, entry, now }: Place,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const messageId = messageIdFor(kind, ticket);
  const before = await threadOf(trx, ticket, to.identity);
  await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    dedupKey: `${kind}:${outbox}:${values.how}`,
    messageId,
    kind,
    form,
    ticket,
    letter: null,
    entry,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo: before.at(-1) ?? null,
      references: before,
      replyTo: replyAddressFor({ reader: 'operator', ticket, about: entry }, to.identity),
      values,
    },
    now,
  });
}
