// What became of the commands of an operator's letter, put into the outbox.

import type { Kysely } from 'kysely';
import type { Transcript } from '../../decide/decision.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';

/** Queues a transcript; a letter of an operator has one. */
export async function transcribe(
  trx: Kysely<Tables>,
  { kind, form, to, language, inReplyTo, references, entry, values }: Transcript,
  { ticket, letter, now }: Pick<Place, 'letter' | 'now'> & { readonly ticket: number | null },
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const messageId = messageIdFor(kind, ticket);
  if (ticket !== null) await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    dedupKey: `${kind}:${letter}`,
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
      replyTo: replyAddressFor({ reader: 'operator', ticket: ticket ?? 0, about: entry }, to.identity),
      values,
    },
    now,
  });
}
