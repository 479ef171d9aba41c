// The acknowledgement of a letter, put into the outbox.

import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../../decide/decision.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';

/** Queues an acknowledgement; a letter has one. */
export async function acknowledge(
  trx: Kysely<Tables>,
  { kind, form, to, language, inReplyTo, references, files, values }: Acknowledgement,
  { ticket, entry, letter, now }: Place,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const messageId = messageIdFor(kind, ticket);
  await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    dedupKey: letter === null ? `${kind}:entry:${entry}` : `${kind}:${letter}`,
    messageId,
    kind,
    form,
    ticket,
    letter,
    entry: entry === 0 ? null : entry,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo,
      references,
      replyTo: replyAddressFor({ reader: 'customer', ticket, about: entry }, to.identity),
      files,
      values,
    },
    now,
  });
}
