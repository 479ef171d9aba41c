// What the store knows of the tickets a letter names: one look-up between the two halves of threading.

import type { Kysely } from 'kysely';
import type { BouncedAnswer, SentLately } from '../decide/case.ts';
import { kindsWhere } from '../desk/outgoing.ts';
import type { Ticket } from '../desk/tickets.ts';
import { folded } from '../mail/folded.ts';
import type { ThreadHits } from '../thread/choose.ts';
import type { ThreadKey } from '../thread/keys.ts';
import { readersOf } from './outbox-queue.ts';
import { prepared } from './prepared.ts';
import type { MessageIdsTable, Tables } from './schema.ts';

const HOUR = 3_600_000;

/** Tickets behind the keys of a letter; merged ones are followed to where they went. */
export async function lookUpThread(trx: Kysely<Tables>, keys: readonly ThreadKey[]): Promise<ThreadHits> {
  const ids = new Set(keys.flatMap((key) => (key.kind === 'message-id' ? [key.messageId] : [])));
  const known: MessageIdsTable[] = [];
  for (const messageId of ids) known.push(...(await ticketsNaming(trx, { messageId })).rows);
  const named = [...known.map((row) => row.ticket_id), ...keys.flatMap(ticketIn)];
  const tickets = new Map<number, Ticket>();
  for (const id of new Set(named)) {
    const ticket = await ticketFollowed(trx, id);
    if (ticket) tickets.set(id, ticket);
  }
  const byMessageId = new Map(known.map((row) => [row.message_id, { ticket: row.ticket_id, ours: row.ours === 1 }]));
  return { byMessageId, tickets };
}

function ticketIn(key: ThreadKey): readonly number[] {
  const ticket =
    key.kind === 'message-id' ? key.own?.ticket : key.kind === 'reply-address' ? key.token.ticket : key.ticket;
  return ticket ? [ticket] : [];
}

const ticketsNaming = prepared((db, { messageId }: { messageId: string }) =>
  db
    .selectFrom('message_ids')
    .selectAll()
    .where('message_id', '=', messageId)
    // the last row wins: ours before a letter that borrowed our Message-ID, then the oldest ticket
    .orderBy('ours')
    .orderBy('ticket_id', 'desc'),
);

// A chain of merges is short; the bound keeps a ring of them from holding the desk.
const MERGE_HOPS = 10;

/** A ticket; a merged one is followed to where it went. */
export async function ticketFollowed(trx: Kysely<Tables>, id: number): Promise<Ticket | null> {
  let at = id;
  for (let hop = 0; hop < MERGE_HOPS; hop++) {
    const [row] = (await ticketById(trx, { id: at })).rows;
    if (!row) return null;
    if (row.merged_into === null) {
      return {
        ...row,
        stateSince: row.state_since,
        dueAt: row.due_at,
        participants: await participantsOf(trx, row.id),
      };
    }
    at = row.merged_into;
  }
  return null;
}

const ticketById = prepared((db, { id }: { id: number }) => db.selectFrom('tickets').selectAll().where('id', '=', id));

async function participantsOf(trx: Kysely<Tables>, ticket: number): Promise<readonly string[]> {
  return (await participants(trx, { ticket })).rows.map((row) => row.address);
}

const participants = prepared((db, { ticket }: { ticket: number }) =>
  db.selectFrom('participants').select('address').where('ticket_id', '=', ticket),
);

/** Normalised addresses that a letter of ours was sent to, by its Message-ID; nobody where we sent none. */
export async function recipientsOf(trx: Kysely<Tables>, messageId: string | null): Promise<readonly string[]> {
  if (messageId === null) return [];
  return (await sentAs(trx, { messageId })).rows.flatMap(readersOf);
}

const sentAs = prepared((db, { messageId }: { messageId: string }) =>
  db.selectFrom('outbox').select(['recipient', 'model']).where('message_id', '=', messageId),
);

/** The operator's answer that left under this Message-ID; null where none did. */
export async function answerSentAs(trx: Kysely<Tables>, messageId: string | null): Promise<BouncedAnswer | null> {
  if (messageId === null) return null;
  const row = await trx
    .selectFrom('outbox')
    .innerJoin('entries', 'entries.id', 'outbox.entry_id')
    .select(['outbox.id as outbox', 'outbox.recipient', 'entries.author as writer', 'entries.reply as text'])
    .where('outbox.message_id', '=', messageId)
    .where('outbox.kind', '=', 'answer')
    .executeTakeFirst();
  return row ?? null;
}

/** Whether letters of ours could not reach this address for good. */
export async function isSuspended(trx: Kysely<Tables>, address: string | null): Promise<boolean> {
  if (address === null) return false;
  return (await suspensions(trx, { address })).rows.length > 0;
}

/**
 * When the letters of ours that these keys name left, the last of them, epoch milliseconds; where they name none but a signed
 * address, the last letter to a customer of the ticket. Null where that is not known.
 */
export async function leftAt(trx: Kysely<Tables>, keys: readonly ThreadKey[], ticket: number): Promise<number | null> {
  const ids = keys.flatMap((key) => (key.kind === 'message-id' && key.own !== null ? [key.messageId] : []));
  const sent = trx
    .selectFrom('outbox')
    .select((o) => o.fn.max(o.fn.coalesce('settled_at', 'created_at')).as('at'))
    .where('state', 'in', ['sent', 'sending', 'unknown']);
  const row = await (ids.length > 0
    ? sent.where('message_id', 'in', ids)
    : sent.where('ticket_id', '=', ticket).where('kind', 'in', [...TO_CUSTOMERS])
  ).executeTakeFirst();
  return row?.at ?? null;
}

const TO_CUSTOMERS = kindsWhere(({ reader }) => reader === 'customer');

const suspensions = prepared((db, { address }: { address: string }) =>
  db.selectFrom('suspensions').select('address').where('address', '=', address),
);

/**
 * Acknowledgements written lately, whatever became of them: to one mailbox however its address is spelled,
 * to its domain, and on one ticket.
 * `domain` is null where it is not counted.
 */
export async function sentLately(
  trx: Kysely<Tables>,
  {
    author,
    domain,
    ticket,
  }: { readonly author: string | null; readonly domain: string | null; readonly ticket: number | null },
  now: number,
): Promise<SentLately> {
  const toAddress =
    author === null ? [] : (await sentTo(trx, { counted: folded(author), since: now - 24 * HOUR })).rows;
  const onTicket = ticket === null ? [] : (await briefOn(trx, { ticket, since: now - HOUR })).rows;
  const toDomain = domain === null ? 0 : Number((await countedTo(trx, { domain, since: now - HOUR })).rows[0]?.n);
  return {
    toDomainHour: toDomain,
    toAddressHour: toAddress.filter((row) => row.created_at > now - HOUR).length,
    toAddressDay: toAddress.length,
    onTicketHour: onTicket.length,
  };
}

const sentTo = prepared((db, { counted, since }: { counted: string; since: number }) =>
  db
    .selectFrom('outbox')
    .select('created_at')
    .where('counted_as', '=', counted)
    .where('kind', '=', 'acknowledgement')
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(1000),
);

const briefOn = prepared((db, { ticket, since }: { ticket: number; since: number }) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where('ticket_id', '=', ticket)
    .where('created_at', '>', since)
    .where('kind', '=', 'acknowledgement')
    .where('form', '=', 'brief')
    .limit(1),
);

const countedTo = prepared((db, { domain, since }: { domain: string; since: number }) =>
  db
    .selectFrom('outbox')
    .select((o) => o.fn.countAll<number>().as('n'))
    .where('recipient_domain', '=', domain)
    .where('kind', '=', 'acknowledgement')
    .where('created_at', '>', since),
);

/** When somebody of a ticket last wrote on it, epoch milliseconds; null where nobody did, or no ticket is asked about. */
export async function lastHeard(trx: Kysely<Tables>, ticket: number | null): Promise<number | null> {
  if (ticket === null) return null;
  const row = await trx
    .selectFrom('entries')
    .select((e) => e.fn.max('at').as('at'))
    .where('ticket_id', '=', ticket)
    .where('kind', 'in', ['customer', 'thanks'])
    .executeTakeFirst();
  return row?.at ?? null;
}
