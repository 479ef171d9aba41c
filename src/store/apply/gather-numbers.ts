// The letter with the numbers of all tickets whose letters a customer's share of the hour left without an acknowledgement:
// one for an address, at the end of the hour. While it waits, its list grows.

import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../../decide/decision.ts';
import { folded } from '../../mail/folded.ts';
import { ticketNumber } from '../../thread/damm.ts';
import { type OutgoingModel, queueLetter } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';

const HOUR = 3_600_000;
/** A list that a person reads; what is over it is counted. */
const NAMED = 50;

/** A ticket as the list names it; no matter where nobody stands for its writer. */
interface Named {
  readonly number: string;
  readonly matter: string | null;
}

/** Puts a ticket on the list of its writer's hour, and queues the list where there is none yet. */
export async function gatherNumbers(
  trx: Kysely<Tables>,
  { kind, form, to, language, values }: Acknowledgement,
  { ticket, now }: Pick<Place, 'ticket' | 'now'>,
  { messageIdFor }: Marking,
): Promise<void> {
  const hour = Math.floor(now / HOUR);
  // however the address is spelled, it is one mailbox
  const dedupKey = `${kind}:${form}:${hour}:${folded(to.identity)}`;
  const named: Named = {
    number: ticketNumber(ticket),
    matter: typeof values.matter === 'string' ? values.matter : null,
  };
  if (await addToQueued(trx, dedupKey, named)) return;
  await queueLetter(trx, {
    dedupKey,
    messageId: messageIdFor(kind, null),
    kind,
    form,
    ticket: null,
    letter: null,
    entry: null,
    recipient: to.identity,
    model: {
      to: { name: to.name, address: to.address },
      language,
      inReplyTo: null,
      references: [],
      replyTo: null,
      values: { tickets: [named], more: 0 },
    },
    now,
    notBefore: (hour + 1) * HOUR,
  });
}

/** Whether there is a list that the ticket could be put on. */
async function addToQueued(trx: Kysely<Tables>, dedupKey: string, named: Named): Promise<boolean> {
  const row = await trx
    .selectFrom('outbox')
    .select(['id', 'model'])
    .where('dedup_key', '=', dedupKey)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  if (!row) return false;
  const model = JSON.parse(row.model) as OutgoingModel;
  // whoever was forgotten meanwhile is not written to
  if (!model.values) return true;
  const tickets = (model.values.tickets ?? []) as readonly Named[];
  const values =
    tickets.length < NAMED
      ? { ...model.values, tickets: [...tickets, named] }
      : { ...model.values, more: Number(model.values.more) + 1 };
  await trx
    .updateTable('outbox')
    .set({ model: JSON.stringify({ ...model, values }) })
    .where('id', '=', row.id)
    .execute();
  return true;
}
