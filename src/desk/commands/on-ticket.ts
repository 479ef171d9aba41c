// What commands on a ticket share: the move of a ticket, and the answer where there is none.

import { moved, type Ticket, type TicketEvent } from '../tickets.ts';
import type { CommandChange } from './change.ts';
import { fails } from './command.ts';

export const NO_TICKET = fails(
  'письмо не относится ни к одному обращению; ответьте на уведомление о нём',
  'the letter belongs to no ticket; answer a notification of one',
);

/** The move that an event makes, as a list of changes: empty where it leaves the state as it is. */
export function moveBy(event: TicketEvent, ticket: Ticket, by: string, because: string): readonly CommandChange[] {
  const to = moved(ticket.state, event);
  return to === ticket.state ? [] : [{ kind: 'move-ticket', ticket: ticket.id, from: ticket.state, to, by, because }];
}
