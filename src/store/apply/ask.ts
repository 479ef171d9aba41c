// A question to an operator about a letter that is set aside, put into the outbox.

import type { Kysely } from 'kysely';
import type { Question } from '../../decide/decision.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking } from './place.ts';

/** Queues a question; about a letter it is asked once for every state of its ticket. */
export async function ask(
  trx: Kysely<Tables>,
  { kind, form, ticket, held, entry, to, language, inReplyTo, references, values }: Question,
  { letter, now }: { readonly letter: number; readonly now: number },
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const about = held ?? letter;
  const messageId = messageIdFor(kind, ticket);
  if (ticket !== null) await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    dedupKey: `${kind}:${about}:${entry}${held === null ? '' : `:${letter}`}`,
    messageId,
    kind,
    form,
    ticket,
    letter: about,
    entry: entry === 0 ? null : entry,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo,
      references,
      replyTo: replyAddressFor({ reader: 'asked', ticket: ticket ?? 0, about }, to.identity),
      values,
    },
    now,
  });
}
