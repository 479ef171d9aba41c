// What commands change on a ticket, as data: carried out by the store, and by `after` on the facts that the next command of
// the same letter sees. Every change names what was there before, and is only carried out while it still is.

import type { CategoryName } from '../request/category.ts';
import type { Critical, Level, Ticket, TicketState } from '../tickets.ts';

interface OfTicket {
  readonly ticket: number;
  /** Normalised address of an operator, `admin`, or `kvitok`. */
  readonly by: string;
}

export interface MoveTicket extends OfTicket {
  readonly kind: 'move-ticket';
  readonly from: TicketState;
  readonly to: TicketState;
  readonly because: string;
}

/** A letter that is set aside is dealt with as a person's. */
export interface ReleaseLetter {
  readonly kind: 'release-letter';
  readonly letter: number;
  readonly by: string;
  /** The operator whose letter it is: he counts as standing for it. Null for everybody else's. */
  readonly confirmed: string | null;
}

export type CommandChange =
  | MoveTicket
  | ReleaseLetter
  | (OfTicket & {
      readonly kind: 'set-level';
      readonly was: Level;
      readonly became: Level;
      readonly because: string;
    })
  | (OfTicket & {
      readonly kind: 'set-critical';
      readonly was: Critical;
      readonly became: Critical;
      readonly because: string;
    })
  | (OfTicket & {
      readonly kind: 'assign';
      readonly was: string | null;
      readonly became: string | null;
      readonly because: string;
    })
  /** The reason of a deferral, by its number in the regulation (§3.1). */
  | (OfTicket & { readonly kind: 'note-deferral'; readonly reason: number })
  /** Somebody of the desk is sent what is covered in letters. */
  | (OfTicket & { readonly kind: 'note-access'; readonly because: string })
  | (OfTicket & { readonly kind: 'join'; readonly address: string; readonly because: string })
  | (OfTicket & { readonly kind: 'leave'; readonly address: string; readonly because: string })
  /** What kind of question it is, confirmed. */
  | (OfTicket & { readonly kind: 'set-category'; readonly became: CategoryName; readonly because: string })
  /** Whose the ticket is, by the key of the register of clients. */
  | (OfTicket & { readonly kind: 'set-client'; readonly client: string })
  /** All of the ticket goes on in another one. */
  | (OfTicket & { readonly kind: 'merge'; readonly from: TicketState; readonly into: Ticket })
  /** A letter of the ticket gets a ticket of its own. */
  | (OfTicket & { readonly kind: 'split'; readonly entry: number })
  /** An answer that waits in the outbox does not leave. */
  | (OfTicket & { readonly kind: 'take-back'; readonly outbox: number });

/** The ticket after a change; after a merge, the one it went into. */
export function after(ticket: Ticket, change: CommandChange, now: number): Ticket {
  switch (change.kind) {
    case 'move-ticket':
      return change.ticket === ticket.id ? { ...ticket, state: change.to, stateSince: now } : ticket;
    case 'set-level':
      return { ...ticket, level: change.became };
    case 'set-critical':
      return { ...ticket, critical: change.became };
    case 'assign':
      return { ...ticket, assignee: change.became };
    case 'join':
      return {
        ...ticket,
        participants: [...ticket.participants.filter((one) => one !== change.address), change.address],
      };
    case 'leave':
      return { ...ticket, participants: ticket.participants.filter((one) => one !== change.address) };
    case 'merge':
      return {
        ...change.into,
        participants: [...new Set([...change.into.participants, ...ticket.participants])],
      };
    case 'set-client':
    case 'set-category':
    case 'note-deferral':
    case 'note-access':
    case 'split':
    case 'take-back':
    case 'release-letter':
      return ticket;
    default:
      return change satisfies never;
  }
}
