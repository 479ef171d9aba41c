// What commands change on a ticket, written down in the history with the letter that made it. A change whose ticket is no
// longer as the decision saw it fails the transaction, and the letter is decided again.

import type { Kysely } from 'kysely';
import type { CommandChange } from '../../desk/commands/change.ts';
import type { EventKind } from '../../desk/events.ts';
import { assignClient } from '../clients.ts';
import { recordEvent } from '../events.ts';
import { moveTicket } from '../move-ticket.ts';
import type { Tables } from '../schema.ts';
import { setAssignee, setCategory, setCritical, setLevel } from '../ticket-fields.ts';
import { mergeTicket } from './merge-ticket.ts';
import type { Origin } from './origin.ts';
import { takeBack } from './take-back.ts';

/** Carries a change out. Throws where the ticket is no longer as the decision saw it. */
export async function changeTicket(
  trx: Kysely<Tables>,
  change: Exclude<CommandChange, { kind: 'split' | 'release-letter' }>,
  origin: Origin,
): Promise<void> {
  const { ticket, by } = change;
  const { now, letter, timetable } = origin;
  const author = 'because' in change ? { by, because: change.because, letter } : { by, because: '', letter };
  switch (change.kind) {
    case 'move-ticket':
      return moveTicket(trx, change, now, letter);
    case 'set-level':
      return seen(change, await setLevel(trx, ticket, change.became, timetable, author, now));
    case 'set-critical':
      return seen(change, await setCritical(trx, ticket, change.became, author, now));
    case 'assign':
      return seen(change, await setAssignee(trx, ticket, change.became, author, now));
    case 'set-client':
      if (!(await assignClient(trx, { ticket, client: change.client, by }, now)))
        throw new Error(`the client ${change.client} is gone`);
      return;
    case 'set-category':
      return setCategory(trx, ticket, change.became, author, now);
    case 'note-deferral':
      return written(trx, 'deferral', { ticket, was: null, became: String(change.reason) }, author, now);
    case 'note-access':
      return written(trx, 'access', { ticket, was: null, became: null }, author, now);
    case 'join': {
      const { address, because } = change;
      const row = { ticket_id: ticket, address, name: '', because: `${because} of ${by}`, since: now };
      await trx.insertInto('participants').values(row).execute();
      return written(trx, 'participant', { ticket, was: null, became: address }, author, now);
    }
    case 'leave': {
      const { address } = change;
      await trx.deleteFrom('participants').where('ticket_id', '=', ticket).where('address', '=', address).execute();
      return written(trx, 'participant', { ticket, was: address, became: null }, author, now);
    }
    case 'merge':
      return mergeTicket(trx, change, origin);
    case 'take-back':
      return takeBack(trx, change, origin);
    default:
      return change satisfies never;
  }
}

function seen({ ticket, was }: { readonly ticket: number; readonly was: string | null }, found: string | null): void {
  if (found !== was) throw new Error(`ticket ${ticket} has ${found}, and no longer ${was}`);
}

const written = (
  trx: Kysely<Tables>,
  kind: EventKind,
  { ticket, was, became }: { readonly ticket: number; readonly was: string | null; readonly became: string | null },
  { letter, ...why }: { readonly by: string; readonly because: string; readonly letter: number | null },
  now: number,
): Promise<void> => recordEvent(trx, ticket, { kind, was, became, ...why }, now, letter);
