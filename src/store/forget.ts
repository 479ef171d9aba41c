// A person asked to be forgotten (152-ФЗ art. 21): their letters lose bytes and text, their address and name leave every table.
// Tickets stay as numbered shells, other people's letters as they are; digests stay, so that nothing is taken in twice.

import { type Kysely, sql } from 'kysely';
import { eraseClient, eraseLetters, eraseSent, eraseTickets, inParts, scrub } from './erase.ts';
import type { Tables } from './schema.ts';
import { shrinkSearch } from './search.ts';
import type { Store } from './store.ts';

/** Whom to forget. */
export interface Person {
  /** The one spelling of the address (`identity`). */
  readonly address: string;
  /** Letters that are theirs and that the tables do not know as such: their author could not be told when they came. */
  readonly also: readonly number[];
}

/** What is kept of a person, in numbers. */
export interface Traces {
  /** Letters with everything in them. */
  readonly letters: number;
  readonly bytes: number;
  /** Tickets that become shells. */
  readonly tickets: number;
  /** Tickets of others in which they wrote or may write. */
  readonly shared: number;
  readonly attachments: number;
  readonly sent: number;
  /** Letters of others that came by their mail server: of these only the envelope forgets them. */
  readonly forwarded: number;
  /** Whether the register of clients has their address: 1 or 0. */
  readonly clients: number;
  /** Letters of theirs that came in and are not dealt with yet: to be forgotten once they are. */
  readonly inWork: number;
}

/** Counts what `forget` would erase. Changes nothing. */
export async function tracesOf(store: Store, person: Person): Promise<Traces> {
  const found = await find(store, person);
  const { db, spool } = store;
  const sizes = spool.removals.sizes(found.letters);
  const attachments = await inParts(found.letters, (ids) =>
    db.selectFrom('attachments').select('id').where('letter_id', 'in', ids).execute(),
  );
  return {
    letters: found.letters.length,
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    tickets: found.tickets.length,
    shared: found.shared,
    attachments: attachments.length,
    sent: found.sent.length,
    forwarded: new Set(found.envelopes).difference(new Set(found.letters)).size,
    clients: found.clients,
    inWork: found.inWork,
  };
}

/**
 * Erases a person, while others may work on the same files. `words` stand where there was text: `erased on request on …`.
 * Doing it again after a crash finishes it: the bytes go first, for by the tables they are found again.
 */
export async function forget(store: Store, person: Person, words: string, now: number): Promise<void> {
  const { db, spool } = store;
  const found = await find(store, person);
  spool.removals.overwrite();
  await sql`pragma secure_delete = on`.execute(db);
  for (const letter of found.letters) spool.removals.remove([letter], 'erased', now);
  spool.removals.eraseEnvelopes([...found.letters, ...found.envelopes]);
  await scrub(db, person.address);
  await db.transaction().execute(async (trx) => {
    await eraseLetters(trx, found.letters, words);
    await eraseTickets(trx, found.tickets, words, now);
    await eraseSent(trx, [...new Set([...found.sent, ...found.about])], words, now);
    await eraseClient(trx, person.address, words);
    await trx.deleteFrom('participants').where('address', '=', person.address).execute();
    await trx.deleteFrom('announcement_recipients').where('address', '=', person.address).execute();
    await trx.deleteFrom('unsubscribed').where('address', '=', person.address).execute();
    await trx.deleteFrom('suspensions').where('address', '=', person.address).execute();
  });
  await sweep(store);
}

/**
 * Leaves nothing of what was erased in pages that are free, or were when a row moved out of them. kvitok.db is written anew:
 * in pages that are used, too, old copies of rows lie between the rows. Those who write meanwhile wait, or try again.
 */
export async function sweep({ db, spool }: Store): Promise<void> {
  await shrinkSearch(db);
  // the copy that is made meanwhile is as large as the database
  await sql`pragma temp_store = file`.execute(db);
  await sql`vacuum`.execute(db);
  await sql`pragma temp_store = memory`.execute(db);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  while (spool.removals.shrink());
  spool.removals.settle();
}

interface Found {
  readonly letters: readonly number[];
  readonly tickets: readonly number[];
  readonly shared: number;
  /** Rows of the outbox: letters to them. */
  readonly sent: readonly number[];
  /** Rows of the outbox about their letters and tickets, whoever they went to. */
  readonly about: readonly number[];
  /** Letters that their mail server handed over, whoever wrote them. */
  readonly envelopes: readonly number[];
  readonly clients: number;
  readonly inWork: number;
}

async function find({ db, spool }: Store, { address, also }: Person): Promise<Found> {
  const tickets = (await db.selectFrom('tickets').select('id').where('requester', '=', address).execute()).map(idOf);
  const byThem = await db
    .selectFrom('letters')
    .select(['id', 'ticket_id'])
    .where('author', '=', address)
    .where('disposition', 'is not', null)
    .execute();
  // robots' mail in a ticket of theirs is about them: a bounce of an answer, a vacation notice
  const aboutThem = await inParts(tickets, (ids) =>
    db
      .selectFrom('letters')
      .select('id')
      .where('ticket_id', 'in', ids)
      .where('disposition', 'is not', null)
      .where((e) => e.or([e('author', 'is', null), e('rule', '!=', 'none')]))
      .execute(),
  );
  // of a letter with several From there is no author, but an entry that shows the first of them
  const shown = await db
    .selectFrom('entries')
    .select(['letter_id', 'ticket_id'])
    .where((e) => e(e.fn<string>('lower', ['author']), '=', address))
    .execute();
  const invited = await db.selectFrom('participants').select('ticket_id').where('address', '=', address).execute();
  const letters = [...byThem.map(idOf), ...aboutThem.map(idOf), ...shown.flatMap((e) => e.letter_id ?? []), ...also];
  const shared = [...byThem, ...shown, ...invited].flatMap(({ ticket_id }) => (ticket_id === null ? [] : [ticket_id]));
  const sent = await db.selectFrom('outbox').select('id').where('recipient', '=', address).execute();
  const known = await db.selectFrom('client_addresses').select('client_id').where('address', '=', address).execute();
  const outboxWhere = (column: 'ticket_id' | 'letter_id', of: readonly number[]) =>
    inParts(of, (ids) => db.selectFrom('outbox').select('id').where(column, 'in', ids).execute());
  const about = [...(await outboxWhere('ticket_id', tickets)), ...(await outboxWhere('letter_id', letters))];
  return {
    letters: [...new Set(letters)].toSorted((a, b) => a - b),
    tickets,
    about: about.map(idOf),
    shared: new Set(shared).difference(new Set(tickets)).size,
    sent: sent.map(idOf),
    clients: known.length,
    ...(await envelopesOf(db, spool.removals.fromEnvelope(address))),
  };
}

const idOf = ({ id }: { readonly id: number }) => id;

/** A letter that is still in work needs its envelope. */
async function envelopesOf(db: Kysely<Tables>, letters: readonly number[]) {
  const done = await inParts(letters, (ids) =>
    db.selectFrom('letters').select('id').where('id', 'in', ids).where('disposition', 'is not', null).execute(),
  );
  return { envelopes: done.map(idOf), inWork: letters.length - done.length };
}
