// What the history of a ticket is made of.

/** What changed; `was` and `became` of the event say from what to what. */
export type EventKind =
  | 'state'
  | 'level'
  | 'critical'
  | 'assignee'
  | 'category'
  | 'client'
  | 'participant'
  | 'merge'
  | 'split'
  | 'deferral'
  | 'rating'
  | 'deadline'
  /** Somebody of the desk was sent what letters to operators cover. */
  | 'access'
  /** A letter of ours that an admin took out of the outbox. */
  | 'letter';

export interface TicketEventFacts {
  readonly kind: EventKind;
  /** Normalised address of an operator, `admin`, `kvitok`, or `customer`. */
  readonly by: string;
  readonly was: string | null;
  readonly became: string | null;
  readonly because: string;
}
