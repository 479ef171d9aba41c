// Answers of ours in an account's folder of sent letters, where the provider filed them under a Message-ID of its own: known by
// the first id, which some keep in a field, or by recipient, minute and words.

import type { Kysely } from 'kysely';
import { identity } from '../mail/address.ts';
import type { Message } from '../mail/message.ts';
import { messageIds, ORIGINAL_IDS } from '../mail/message-id.ts';
import type { Tables } from './schema.ts';

/** Two clocks, and the time that a letter is under way to its own account. */
const NEAR_MS = 120_000;

/** The ticket of the answer that this letter is; `at` is when it was filed, epoch milliseconds. Null where it is none of ours. */
export async function filedAnswerOf(trx: Kysely<Tables>, message: Message, at: number): Promise<number | null> {
  const originals = ORIGINAL_IDS.flatMap((field) => message.fields.every(field)).flatMap((value) =>
    messageIds(value, 1),
  );
  const answers = trx
    .selectFrom('outbox')
    .innerJoin('entries', 'entries.id', 'outbox.entry_id')
    .select(['outbox.ticket_id as ticket', 'entries.reply as text'])
    .where('outbox.kind', '=', 'answer');
  if (originals.length > 0) {
    const known = await answers.where('outbox.message_id', 'in', originals).executeTakeFirst();
    if (known) return known.ticket;
  }
  const readers = [...message.to, ...message.cc].flatMap(({ address }) => identity(address) ?? []);
  if (readers.length === 0) return null;
  const near = await answers
    .where('outbox.recipient', 'in', readers)
    .where('outbox.settled_at', '>=', at - NEAR_MS)
    .where('outbox.settled_at', '<=', at + NEAR_MS)
    .execute();
  const words = wordsOf(message.text);
  return near.find(({ text }) => wordsOf(text) !== '' && words.includes(wordsOf(text)))?.ticket ?? null;
}

/** Wrapping and white space are the mail program's. */
const wordsOf = (text: string): string => text.replace(/\s+/g, ' ').trim();
