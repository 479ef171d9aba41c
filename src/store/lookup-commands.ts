// What the commands of one letter need to know, looked up before they are carried out on paper.

import type { Kysely } from 'kysely';
import type { Client } from '../desk/clients/client.ts';
import type { Batch, Known, Needs, PersonsLetter } from '../desk/commands/known.ts';
import type { Ticket } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import { sequenceOf } from '../thread/damm.ts';
import { clientByKey, findClient } from './clients.ts';
import { eventsOf } from './events.ts';
import { ticketFollowed } from './lookup.ts';
import { REST } from './outbox-queue.ts';
import type { Tables } from './schema.ts';
import { asideLetter } from './set-aside.ts';

/**
 * Looks up what the commands on a ticket need. Takes the ticket's id (null where there is none), who gives the commands, and
 * the letters that he was asked about.
 */
export async function lookUpCommands(
  db: Kysely<Tables>,
  ticket: number | null,
  by: string,
  needs: Needs,
  asked: readonly number[] = [],
): Promise<Known> {
  const tickets = new Map<string, Ticket>();
  for (const digits of needs.tickets) {
    const id = sequenceOf(digits);
    const found = id === null ? null : await ticketFollowed(db, id);
    if (found) tickets.set(digits, found);
  }
  const clients = new Map<string, Client>();
  for (const named of needs.clients) {
    const found =
      (await clientByKey(db, named)) ?? (await findClient(db, named.includes('@') ? named : `postmaster@${named}`));
    if (found) clients.set(named, found);
  }
  return {
    tickets,
    clients,
    letters: needs.letters && ticket !== null ? await lettersOf(db, ticket) : [],
    batch: needs.batch && ticket !== null ? await lastBatch(db, ticket, by) : null,
    history: needs.history && ticket !== null ? await historyOf(db, ticket) : [],
    dueAt: needs.history && ticket !== null ? await dueOf(db, ticket) : null,
    aside: new Map((await lettersAside(db, needs.aside)).map((letter) => [letter.id, letter])),
    asked: await lettersAside(db, asked),
  };
}

async function lettersAside(db: Kysely<Tables>, ids: readonly number[]): Promise<Known['asked']> {
  const found = [];
  for (const id of ids) found.push(await asideLetter(db, id));
  return found.filter((letter) => letter !== null);
}

/** Letters of people on a ticket, oldest first. */
async function lettersOf(db: Kysely<Tables>, ticket: number): Promise<readonly PersonsLetter[]> {
  const rows = await db
    .selectFrom('entries')
    .select(['id', 'subject', 'author', 'author_name', 'at'])
    .where('ticket_id', '=', ticket)
    .where('kind', '=', 'customer')
    .orderBy('id')
    .execute();
  return rows.map(({ id, author, author_name, ...row }) => ({
    ...row,
    entry: id,
    address: author,
    identity: identity(author) ?? author,
    name: author_name,
  }));
}

const dueOf = async (db: Kysely<Tables>, ticket: number): Promise<number | null> =>
  (await db.selectFrom('tickets').select('due_at').where('id', '=', ticket).executeTakeFirst())?.due_at ?? null;

async function historyOf(db: Kysely<Tables>, ticket: number): Promise<Known['history']> {
  return (await eventsOf(db, ticket)).map(({ at, by_whom, kind, was, became, because }) => ({
    at,
    by: by_whom,
    kind,
    was,
    became,
    because,
  }));
}

/** What somebody did last on a ticket: the changes and the answer of one letter, or of one command line. */
async function lastBatch(db: Kysely<Tables>, ticket: number, by: string): Promise<Batch | null> {
  // a deadline follows from other changes, and goes back with them
  const events = (await eventsOf(db, ticket)).filter(({ by_whom, kind }) => by_whom === by && kind !== 'deadline');
  const answers = await db
    .selectFrom('outbox')
    .leftJoin('letters', 'letters.id', 'outbox.letter_id')
    .select(['outbox.id', 'outbox.letter_id', 'outbox.created_at', 'outbox.state'])
    .where('outbox.ticket_id', '=', ticket)
    .where('outbox.kind', '=', 'answer')
    .where('outbox.dedup_key', 'not like', `${REST}%`)
    .where((e) => (by === 'admin' ? e('outbox.letter_id', 'is', null) : e('letters.author', '=', by)))
    .orderBy('outbox.id')
    .execute();
  const change = events.at(-1);
  const answer = answers.at(-1);
  const isAnswer = answer !== undefined && (change === undefined || answer.created_at > change.at);
  const letter = isAnswer ? answer.letter_id : (change?.letter_id ?? null);
  const at = isAnswer ? answer.created_at : change?.at;
  if (at === undefined) return null;
  const changes = events.filter((event) => (letter === null ? event.at === at : event.letter_id === letter));
  const sent = answers.find((row) => (letter === null ? row.created_at === at : row.letter_id === letter));
  if (changes.length > 0 && changes.every(({ because }) => because === '#undo')) return null;
  return { at, changes, answer: sent ? { outbox: sent.id, waits: sent.state === 'queued' } : null };
}
