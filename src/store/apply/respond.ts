// A letter back, put into the outbox under a Message-ID of ours that later letters may refer to.

import type { Kysely } from 'kysely';
import type { Response } from '../../decide/decision.ts';
import { ticketNumber } from '../../thread/damm.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';

/** What our letters are marked with. */
export interface Marking {
  /** Makes a Message-ID for a letter of ours. */
  readonly messageIdFor: (kind: string, ticket: string) => string;
  /** The signed address for answers to an entry, for one person; null where the mailbox takes no subaddresses. */
  readonly replyAddressFor: (ticket: number, entry: number, identity: string) => string | null;
}

/** Where a response belongs. */
export interface Place {
  readonly ticket: number;
  /** The entry that is answered; 0 where there is none. */
  readonly entry: number;
  /** The letter that is answered. */
  readonly letter: number;
  readonly now: number;
}

/** Queues a response. One letter gets one acknowledgement, however often it is dealt with. */
export async function respond(
  trx: Kysely<Tables>,
  response: Response,
  { ticket, entry, letter, now }: Place,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const messageId = messageIdFor('ack', ticketNumber(ticket));
  await rememberMessageId(trx, ticket, messageId, true);
  const { to, language, inReplyTo, references, files, values } = response;
  await queueLetter(trx, {
    dedupKey: `${response.kind}:${letter}`,
    messageId,
    kind: response.kind,
    form: response.form,
    ticket,
    letter,
    entry: entry === 0 ? null : entry,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo,
      references,
      replyTo: replyAddressFor(ticket, entry, to.identity),
      files,
      values,
    },
    now,
  });
}
