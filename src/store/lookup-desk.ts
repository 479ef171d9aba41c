// What the store knows of a letter from an operator's address: which letters of ours it answers, and the ticket they are about.

import { type Kysely, sql } from 'kysely';
import type { Conversation, DeskHits, DeskStanding, Said, SentByUs, WaitingList } from '../decide/operator/standing.ts';
import type { OutgoingKind } from '../desk/outgoing.ts';
import type { Ticket } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import { isMessageId } from '../mail/message-id.ts';
import type { ThreadKey } from '../thread/keys.ts';
import type { OutgoingModel } from './outbox-queue.ts';
import type { Tables } from './schema.ts';
import { WAITING } from './set-aside.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the outbox knows of the keys of a letter, as far as it was written to this operator. */
export async function lookUpSent(trx: Kysely<Tables>, keys: readonly ThreadKey[], operator: string): Promise<DeskHits> {
  const ids = keys.flatMap((key) => (key.kind === 'message-id' && key.own ? [key.messageId] : []));
  const held = keys.flatMap((key) =>
    key.kind === 'reply-address' && key.token.reader === 'asked' ? [key.token.about] : [],
  );
  const columns = ['message_id', 'kind', 'recipient', 'ticket_id', 'entry_id', 'letter_id', 'model'] as const;
  const sent = ids.length
    ? await trx.selectFrom('outbox').select(columns).where('message_id', 'in', ids).execute()
    : [];
  const questions = held.length
    ? await trx
        .selectFrom('outbox')
        .select(columns)
        .where('letter_id', 'in', held)
        .where('kind', '=', 'question')
        .where('recipient', '=', operator)
        .orderBy('id')
        .execute()
    : [];
  const known = (row: (typeof sent)[number]): SentByUs => ({
    kind: row.kind,
    recipient: row.recipient,
    ticket: row.ticket_id,
    entry: row.entry_id,
    letter: row.letter_id,
    letters: row.kind === 'question' ? lettersIn(row.model) : [],
  });
  return {
    sent: new Map(sent.map((row) => [row.message_id, known(row)])),
    questions: new Map(questions.flatMap((row) => (row.letter_id === null ? [] : [[row.letter_id, known(row)]]))),
  };
}

/** What a question was about, where it was about several letters; nothing once its words were erased. */
export function lettersIn(model: string | Partial<OutgoingModel>): readonly number[] {
  const { values } = typeof model === 'string' ? (JSON.parse(model) as Partial<OutgoingModel>) : model;
  const letters = values?.letters;
  return Array.isArray(letters) ? letters.filter((one) => Number.isSafeInteger(one)) : [];
}

/** Those of some letters that still wait for somebody. */
export async function stillWaiting(trx: Kysely<Tables>, letters: readonly number[]): Promise<readonly number[]> {
  if (letters.length === 0) return [];
  const rows = await trx
    .selectFrom('letters')
    .select('id')
    .where('id', 'in', letters)
    .where('aside', 'in', WAITING)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** What an operator's list of waiting letters stands at. */
export async function waitingList(trx: Kysely<Tables>, operator: string, now: number): Promise<WaitingList> {
  const waiting = await unprovenOf(trx, operator);
  const last = await trx
    .selectFrom('outbox')
    .select(['state', 'not_before', 'settled_at', 'model'])
    .where('recipient', '=', operator)
    .where('kind', '=', 'question')
    .where('form', '=', 'waiting')
    .where('created_at', '>', now - 2 * DAY)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    waiting: waiting.map(({ id }) => id),
    queued: last?.state === 'queued' ? lettersIn(last.model).length : null,
    lastAt: last ? Math.max(last.not_before, last.settled_at ?? 0) : null,
  };
}

/** Letters from an operator's address that nothing proves and nobody stands for yet, oldest first. */
export async function unprovenOf(db: Kysely<Tables>, operator: string) {
  return db
    .selectFrom('letters')
    .select(['id', 'received_at', 'subject'])
    .where(sql<boolean>`aside is not null`)
    .where('aside', 'in', ['unproven', 'unasked'])
    .where('author', '=', operator)
    .orderBy('id')
    .execute();
}

/** How often an operator was asked whether a letter is his, and told what became of commands. */
export async function writtenLately(
  trx: Kysely<Tables>,
  operator: string,
  now: number,
): Promise<Pick<DeskStanding, 'asked' | 'askedToday' | 'transcripts'>> {
  const rows = await trx
    .selectFrom('outbox')
    .select((o) => ['kind', o.fn.countAll<number>().as('day')])
    .select((o) =>
      o.fn
        .countAll<number>()
        .filterWhere('created_at', '>', now - HOUR)
        .as('hour'),
    )
    .where('recipient', '=', operator)
    .where('created_at', '>', now - DAY)
    .where((o) => o.or([o('kind', '=', 'transcript'), o('form', '=', 'unproven')]))
    .groupBy('kind')
    .execute();
  const count = (kind: OutgoingKind, within: 'hour' | 'day') =>
    Number(rows.find((row) => row.kind === kind)?.[within] ?? 0);
  return {
    asked: count('question', 'hour'),
    askedToday: count('question', 'day'),
    transcripts: count('transcript', 'hour'),
  };
}

/** Entries that are looked at, and characters of each: an answer is compared with what was said lately. */
const LATELY = 200;
const CHARS = 20_000;

/** A ticket with its people and what was said in it. */
export async function conversationOf(trx: Kysely<Tables>, ticket: Ticket): Promise<Conversation> {
  const people = await trx
    .selectFrom('participants')
    .select(['address', 'name'])
    .where('ticket_id', '=', ticket.id)
    .orderBy('since')
    .orderBy('address')
    .execute();
  const entries = await trx
    .selectFrom('entries')
    .leftJoin('letters', 'letters.id', 'entries.letter_id')
    .select(['entries.id', 'entries.kind', 'entries.author', 'entries.author_name', 'entries.at'])
    .select((e) => e.fn<string>('substr', ['entries.reply', e.lit(1), e.lit(CHARS)]).as('text'))
    .select((e) => e.fn<string>('substr', ['entries.quoted', e.lit(1), e.lit(CHARS)]).as('quoted'))
    .select(['letters.message_id', 'letters.author as letter_author'])
    .where('entries.ticket_id', '=', ticket.id)
    .orderBy('entries.id', 'desc')
    .limit(LATELY)
    .execute();
  const sent = await trx
    .selectFrom('outbox')
    .select(['message_id', 'created_at'])
    .where('ticket_id', '=', ticket.id)
    .where('kind', 'in', ['acknowledgement', 'answer'])
    .orderBy('id', 'desc')
    .limit(LATELY)
    .execute();
  // of a letter that an operator passed on, the writer never saw the Message-ID
  const written = entries.flatMap((row) =>
    isCustomers(row.kind) && row.message_id !== null && row.letter_author === identity(row.author)
      ? [{ id: row.message_id, at: row.at }]
      : [],
  );
  return {
    ticket,
    people: people.toSorted((a, b) => Number(b.address === ticket.requester) - Number(a.address === ticket.requester)),
    said: entries.toReversed().map(
      (row): Said => ({
        entry: row.id,
        kind: row.kind,
        author: row.author,
        authorName: row.author_name,
        text: row.text,
        quoted: row.quoted,
      }),
    ),
    notesElsewhere: await notesElsewhere(trx, ticket.id),
    thread: threadOf(
      written,
      sent.map((row) => ({ id: row.message_id, at: row.created_at })),
    ),
  };
}

/** Of all tickets so many entries back. */
const NOTES_BACK = 5_000;
const NOTES = 300;
const NOTE_CHARS = 4_000;

/** What was noted lately on other tickets. */
async function notesElsewhere(trx: Kysely<Tables>, ticket: number): Promise<readonly string[]> {
  const { last } = await trx
    .selectFrom('entries')
    .select((e) => e.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  const rows = await trx
    .selectFrom('entries')
    .select((e) => e.fn<string>('substr', ['reply', e.lit(1), e.lit(NOTE_CHARS)]).as('text'))
    .where('id', '>', (last ?? 0) - NOTES_BACK)
    .where('kind', 'in', ['note', 'phone'])
    .where('ticket_id', '!=', ticket)
    .orderBy('id', 'desc')
    .limit(NOTES)
    .execute();
  return rows.map((row) => row.text);
}

const isCustomers = (kind: string) => kind === 'customer' || kind === 'thanks';

interface Marked {
  readonly id: string;
  readonly at: number;
}

/** Ids in order of time up to the customer's last letter; what is no strict Message-ID goes into no field of ours. */
function threadOf(written: readonly Marked[], sent: readonly Marked[]): readonly string[] {
  const own = written.filter(({ id }) => isMessageId(id) && !id.endsWith('@no-message-id.invalid'));
  const last = own.toSorted((a, b) => b.at - a.at)[0];
  if (!last) return [];
  const before = [...own.filter((one) => one !== last), ...sent]
    .filter(({ at }) => at <= last.at)
    .toSorted((a, b) => a.at - b.at);
  return [...new Set([...before.map(({ id }) => id), last.id])].slice(-REFERENCES);
}

const REFERENCES = 20;
