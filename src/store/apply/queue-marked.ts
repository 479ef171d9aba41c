// A letter of ours to one person, put into the outbox under a Message-ID that later letters may refer to, with an address for
// answers that is this person's.

import type { Kysely } from 'kysely';
import type { ReplyToken } from '../../thread/reply-address.ts';
import { rememberMessageId } from '../message-ids.ts';
import { type Outgoing, type OutgoingModel, queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking } from './place.ts';

/** The letter before it is marked. */
export interface Unmarked extends Omit<Outgoing, 'messageId' | 'recipient' | 'model'> {
  readonly to: { readonly name: string; readonly address: string; readonly identity: string };
  /** What an answer to it is about; its ticket is the letter's. */
  readonly token: Pick<ReplyToken, 'reader' | 'about'>;
  readonly model: Omit<OutgoingModel, 'to' | 'replyTo'>;
}

/** Marks and queues a letter. */
export async function queueMarked(
  trx: Kysely<Tables>,
  { to, token, model, ...letter }: Unmarked,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const { kind, ticket } = letter;
  const messageId = messageIdFor(kind, ticket);
  if (ticket !== null) await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    ...letter,
    messageId,
    recipient: to.identity,
    model: {
      ...model,
      to: { name: to.name, address: to.address },
      replyTo: replyAddressFor({ ...token, ticket: ticket ?? 0 }, to.identity),
    },
  });
}
