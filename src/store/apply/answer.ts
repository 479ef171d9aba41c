// An operator's answer, put into the outbox. What it says stands in its entry and is read when it is sent.

import type { Kysely } from 'kysely';
import type { Addressee, Answer } from '../../decide/decision.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';

/** Queues the answer that was just appended; a letter of an operator is one. */
export async function answer(
  trx: Kysely<Tables>,
  { kind, form, to, cc, from, language, subject, inReplyTo, references, files, holdMs }: Answer,
  { ticket, entry, letter, now }: Place,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const messageId = messageIdFor(kind, ticket);
  await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    dedupKey: letter === null ? `${kind}:entry ${entry}` : `${kind}:${letter}`,
    messageId,
    kind,
    form,
    ticket,
    letter,
    entry,
    recipient: to.identity,
    model: {
      to: person(to),
      cc: cc.map(person),
      ...(from === null ? {} : { from }),
      language,
      inReplyTo,
      references,
      replyTo: replyAddressFor({ reader: 'customer', ticket, about: entry }, to.identity),
      values: { subject },
      attach: letter === null ? [] : files.map((file) => ({ letter, ...file })),
    },
    now,
    notBefore: now + holdMs,
  });
}

const person = ({ name, address }: Addressee) => ({ name, address });
