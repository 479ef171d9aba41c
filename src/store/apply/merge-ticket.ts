// A ticket goes on in another one: letters that name it are filed there from now on (`merged_into`), its people may write
// there, and what waits for an answer waits there. What was said in it stays where it was said.

import type { Kysely } from 'kysely';
import type { CommandChange } from '../../desk/commands/change.ts';
import { recordEvent } from '../events.ts';
import { moveTicket } from '../move-ticket.ts';
import { carryClocks } from '../recount-clocks.ts';
import type { Tables } from '../schema.ts';
import type { Origin } from './origin.ts';

/** Merges a ticket. Throws where it is no longer in the state the decision saw. */
export async function mergeTicket(
  trx: Kysely<Tables>,
  { ticket, from, into, by }: Extract<CommandChange, { kind: 'merge' }>,
  { now, letter, timetable }: Origin,
): Promise<void> {
  const merged = await trx.selectFrom('tickets').select('number').where('id', '=', ticket).executeTakeFirstOrThrow();
  // before the move, which stops what is left on the ticket
  await carryClocks(trx, { from: ticket, into: into.id }, timetable, now);
  await moveTicket(trx, { ticket, from, to: 'merged', by, because: `merged into ${into.number}` }, now, letter);
  await trx.updateTable('tickets').set({ merged_into: into.id }).where('id', '=', ticket).execute();
  const people = await trx.selectFrom('participants').selectAll().where('ticket_id', '=', ticket).execute();
  for (const one of people) {
    await trx
      .insertInto('participants')
      .values({ ...one, ticket_id: into.id, because: `by merge of ${merged.number}`, since: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const event = { kind: 'merge', by, was: merged.number, became: into.number, because: '#merge' } as const;
  await recordEvent(trx, ticket, event, now, letter);
  await recordEvent(trx, into.id, event, now, letter);
}
