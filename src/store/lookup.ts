// What the store knows of the tickets a letter names: one look-up between the two halves of threading.

import type { Kysely } from 'kysely';
import type { SentLately } from '../decide/case.ts';
import type { Ticket } from '../desk/tickets.ts';
import type { ThreadHits } from '../thread/choose.ts';
import type { ThreadKey } from '../thread/keys.ts';
import type { Tables } from './schema.ts';

const HOUR = 3_600_000;

/** Tickets behind the keys of a letter; merged ones are followed to where they went. */
export async function lookUpThread(trx: Kysely<Tables>, keys: readonly ThreadKey[]): Promise<ThreadHits> {
  const ids = keys.flatMap((key) => (key.kind === 'message-id' ? [key.messageId] : []));
  const known = ids.length
    ? await trx
        .selectFrom('message_ids')
        .selectAll()
        .where('message_id', 'in', ids)
        // the last row wins below: ours before a letter that borrowed our Message-ID, then the oldest ticket
        .orderBy('ours')
        .orderBy('ticket_id', 'desc')
        .execute()
    : [];
  const named = [
    ...known.map((row) => row.ticket_id),
    ...keys.flatMap((key) => (key.kind === 'message-id' ? (key.proven ?? []) : key.ticket)),
  ];
  const tickets = new Map<number, Ticket>();
  for (const id of new Set(named)) {
    const ticket = await ticketForThreading(trx, id);
    if (ticket) tickets.set(id, ticket);
  }
  const byMessageId = new Map(known.map((row) => [row.message_id, { ticket: row.ticket_id, ours: row.ours === 1 }]));
  return { byMessageId, tickets };
}

// A chain of merges is short; the bound keeps a ring of them from holding the desk.
const MERGE_HOPS = 10;

async function ticketForThreading(trx: Kysely<Tables>, id: number): Promise<Ticket | null> {
  let at = id;
  for (let hop = 0; hop < MERGE_HOPS; hop++) {
    const row = await trx.selectFrom('tickets').selectAll().where('id', '=', at).executeTakeFirst();
    if (!row) return null;
    if (row.merged_into === null) {
      return { ...row, stateSince: row.state_since, participants: await participantsOf(trx, row.id) };
    }
    at = row.merged_into;
  }
  return null;
}

async function participantsOf(trx: Kysely<Tables>, ticket: number): Promise<readonly string[]> {
  const rows = await trx.selectFrom('participants').select('address').where('ticket_id', '=', ticket).execute();
  return rows.map((row) => row.address);
}

/** Whom a letter of ours was sent to, by its Message-ID; null where we sent none. */
export async function recipientOf(trx: Kysely<Tables>, messageId: string | null): Promise<string | null> {
  if (messageId === null) return null;
  const row = await trx.selectFrom('outbox').select('recipient').where('message_id', '=', messageId).executeTakeFirst();
  return row?.recipient ?? null;
}

/** Whether letters of ours could not reach this address for good. */
export async function isSuspended(trx: Kysely<Tables>, address: string | null): Promise<boolean> {
  if (address === null) return false;
  return (
    (await trx.selectFrom('suspensions').select('address').where('address', '=', address).executeTakeFirst()) !==
    undefined
  );
}

/**
 * Acknowledgements written lately, whatever became of them: to one address, to its domain, and on one ticket.
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
    author === null
      ? []
      : await trx
          .selectFrom('outbox')
          .select('created_at')
          .where('recipient', '=', author)
          .where('kind', '=', 'acknowledgement')
          .where('created_at', '>', now - 24 * HOUR)
          .orderBy('created_at', 'desc')
          .limit(1000)
          .execute();
  const onTicket =
    ticket === null
      ? []
      : await trx
          .selectFrom('outbox')
          .select('id')
          .where('ticket_id', '=', ticket)
          .where('created_at', '>', now - HOUR)
          .where('kind', '=', 'acknowledgement')
          .where('form', '=', 'brief')
          .limit(1)
          .execute();
  const toDomain =
    domain === null
      ? 0
      : await trx
          .selectFrom('outbox')
          .select((o) => o.fn.countAll<number>().as('n'))
          .where('recipient_domain', '=', domain)
          .where('kind', '=', 'acknowledgement')
          .where('created_at', '>', now - HOUR)
          .executeTakeFirstOrThrow()
          .then((row) => Number(row.n));
  return {
    toDomainHour: toDomain,
    toAddressHour: toAddress.filter((row) => row.created_at > now - HOUR).length,
    toAddressDay: toAddress.length,
    onTicketHour: onTicket.length,
  };
}
