// A letter to one operator, put into the outbox. What it says is read when it is sent; here are its thread and its way back.

import type { Kysely } from 'kysely';
import type { OutgoingKind } from '../../desk/outgoing.ts';
import type { Language } from '../../desk/tickets.ts';
import { prepared } from '../prepared.ts';
import type { Tables } from '../schema.ts';
import type { Marking } from './place.ts';
import { queueMarked, type Unmarked } from './queue-marked.ts';

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
  readonly to: Unmarked['to'];
  readonly language: Language;
  /** What its template says that is known now. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly now: number;
  /** Not sent before then; left out: at once. */
  readonly notBefore?: number;
}

/** Queues news. All of a ticket hang on the first notification that this operator got. */
export async function queueNews(
  trx: Kysely<Tables>,
  { language, values, ...news }: News,
  marking: Marking,
): Promise<void> {
  const references = await threadOf(trx, news.ticket, news.to.identity);
  const inReplyTo = references.at(-1) ?? null;
  const token = { reader: 'operator', about: news.entry } as const;
  const model = { language, inReplyTo, references, ...(values === undefined ? {} : { values }) };
  await queueMarked(trx, { ...news, token, model }, marking);
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
