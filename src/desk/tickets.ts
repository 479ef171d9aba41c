// The life of a ticket: its states, and which of them may follow which.

/** `open` waits for the desk, `waiting` for the customer. */
export type TicketState = 'new' | 'open' | 'waiting' | 'deferred' | 'resolved' | 'merged' | 'spam';

/** What people choose from. `merged` is no choice: a merge needs to know into what. */
export const STATES: readonly TicketState[] = ['new', 'open', 'waiting', 'deferred', 'resolved', 'merged', 'spam'];

/** What may happen to a ticket that changes its state. */
export type TicketEvent =
  | 'customer-wrote'
  | 'desk-answered'
  | 'answer-failed'
  | 'close'
  | 'reopen'
  | 'defer'
  | 'spam'
  | 'merge';

/** Where each event leads from each state; a pair that is not here leaves the state as it is. */
const MOVES: { readonly [event in TicketEvent]: { readonly [from in TicketState]?: TicketState } } = {
  'customer-wrote': { waiting: 'open', deferred: 'open', resolved: 'open' },
  'desk-answered': { new: 'waiting', open: 'waiting', deferred: 'waiting' },
  'answer-failed': { waiting: 'open', resolved: 'open' },
  close: { new: 'resolved', open: 'resolved', waiting: 'resolved', deferred: 'resolved' },
  reopen: { waiting: 'open', deferred: 'open', resolved: 'open', spam: 'open' },
  defer: { new: 'deferred', open: 'deferred', waiting: 'deferred', resolved: 'deferred' },
  spam: { new: 'spam', open: 'spam', waiting: 'spam', deferred: 'spam', resolved: 'spam' },
  merge: { new: 'merged', open: 'merged', waiting: 'merged', deferred: 'merged', resolved: 'merged' },
};

/** The state after an event; the same state where the event does not move it. */
export function moved(from: TicketState, event: TicketEvent): TicketState {
  return MOVES[event][from] ?? from;
}

/** A ticket as the decisions on a letter need it. */
export interface Ticket {
  readonly id: number;
  /** What people see: the sequence with its check digit. */
  readonly number: string;
  readonly state: TicketState;
  /** Since when it is in this state, epoch milliseconds. */
  readonly stateSince: number;
  readonly subject: string;
  readonly requester: string;
  readonly language: Language;
  /** Normalised addresses that may write to this ticket. */
  readonly participants: readonly string[];
  readonly level: Level;
  readonly critical: Critical;
  /** Normalised address of the operator whose ticket it is. */
  readonly assignee: string | null;
  /** When the oldest letter that waits for the desk is due, epoch milliseconds; null where none waits. */
  readonly dueAt: number | null;
}

export type Language = 'ru' | 'en';

/** Levels of support (regulation §3.2): each has its longest time of reaction. */
export type Level = 'free' | 'partner' | 'development' | 'consulting';

/** `proposed`: the words of a letter speak for it, and no operator has confirmed it yet. */
export type Critical = 'no' | 'proposed' | 'yes';

/** Of the category of a question, as of `Critical`. */
export type CategoryState = 'proposed' | 'confirmed';
