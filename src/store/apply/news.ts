// A letter to one operator, put into the outbox. What it says is read when it is sent; here are its thread and its way back.

import type { Kysely } from 'kysely';
import type { OutgoingKind } from '../../desk/outgoing.ts';
import type { Language } from '../../desk/tickets.ts';
import { rememberMessageId } from '../message-ids.ts';
import { queueLetter } from '../outbox-queue.ts';
import { prepared } from '../prepared.ts';
import type { Tables } from '../schema.ts';
import type { Marking } from './place.ts';

export interface News {
  readonly kind: Extract<OutgoingKind, 'notification' | 'warning' | 'failure'>;
  /** Which template of the kind. */
  readonly form: string;
  readonly ticket: number;
  /** The entry that is told of. */
  readonly entry: number;
  /** The letter that brought it; null for what time brings. */
  readonly letter: number | null;
  /** What must not be told twice has one of these. */
  readonly dedupKey: string;
  readonly to: { readonly name: string; readonly address: string; readonly identity: string };
  readonly language: Language;
  /** What its template says that is known now. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly now: number;
}

/** Queues news. All of a ticket hang on the first notification that this operator got. */
export async function queueNews(
  trx: Kysely<Tables>,
  { to, language, values, now, ...news }: News,
  { messageIdFor, replyAddressFor }: Marking,
): Promise<void> {
  const { kind, ticket, entry } = news;
  const messageId = messageIdFor(kind, ticket);
  const before = await threadOf(trx, ticket, to.identity);
  await rememberMessageId(trx, ticket, messageId, true);
  await queueLetter(trx, {
    ...news,
    messageId,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo: before.at(-1) ?? null,
      references: before,
      replyTo: replyAddressFor({ reader: 'operator', ticket, about: entry }, to.identity),
      ...(values === undefined ? {} : { values }),
    },
    now,
  });
}

/** Message-IDs of what an operator was sent on a ticket: the first, which never changes, and the last ones. */
async function threadOf(trx: Kysely<Tables>, ticket: number, operator: string): Promise<readonly string[]> {
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
