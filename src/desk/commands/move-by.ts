// The move that an event makes of a ticket, as commands answer with it.

import { moved, type Ticket, type TicketEvent } from '../tickets.ts';
import type { CommandChange } from './change.ts';

/** A list of one change: empty where the event leaves the state as it is. */
export function moveBy(event: TicketEvent, ticket: Ticket, by: string, because: string): readonly CommandChange[] {
  const to = moved(ticket.state, event);
  return to === ticket.state ? [] : [{ kind: 'move-ticket', ticket: ticket.id, from: ticket.state, to, by, because }];
}
