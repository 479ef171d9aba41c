// What the commands of one letter must have looked up before they are carried out on paper.

import type { Client } from '../clients/client.ts';
import type { Ticket } from '../tickets.ts';

/** What commands must look up before they can be carried out. */
export interface Needs {
  /** Ticket numbers as they were typed, digits only. */
  readonly tickets: readonly string[];
  /** Clients by key, address or domain. */
  readonly clients: readonly string[];
  /** The letters of people on the ticket, for a split. */
  readonly letters: boolean;
  /** What the same operator did last on the ticket, for an undo. */
  readonly batch: boolean;
  /** Deadline and history, for a status. */
  readonly history: boolean;
  /** Letters that may be set aside, by number. */
  readonly aside: readonly number[];
}

/** A letter as a release needs it. */
export interface LetterAside {
  readonly id: number;
  /** Why it is set aside; null where it is not. */
  readonly aside: string | null;
  /** Normalised address of its writer; null where nobody can tell. */
  readonly author: string | null;
  /** The letter that it repeats. */
  readonly sameAs: number | null;
}

/** A letter of a person on the ticket. */
export interface PersonsLetter {
  readonly entry: number;
  readonly subject: string;
  /** As it is shown and written to. */
  readonly address: string;
  readonly identity: string;
  readonly name: string;
  readonly at: number;
}

/** One thing that was changed on a ticket, as the history keeps it. */
export interface PastChange {
  readonly kind: string;
  readonly was: string | null;
  readonly became: string | null;
  readonly because: string;
}

/** What one letter of an operator did to the ticket. */
export interface Batch {
  readonly at: number;
  readonly changes: readonly PastChange[];
  /** The answer that the letter sent, and whether it still waits in the outbox. */
  readonly answer: { readonly outbox: number; readonly waits: boolean } | null;
}

export interface PastEvent extends PastChange {
  readonly at: number;
  readonly by: string;
}

/** What was looked up for the commands of one letter. */
export interface Known {
  /** By the digits that were typed; merged ones stand as what they were merged into. */
  readonly tickets: ReadonlyMap<string, Ticket>;
  /** By what was typed. */
  readonly clients: ReadonlyMap<string, Client>;
  /** Letters of people on the ticket, oldest first. */
  readonly letters: readonly PersonsLetter[];
  readonly batch: Batch | null;
  /** Newest last. */
  readonly history: readonly PastEvent[];
  /** When the oldest letter that waits is due, epoch milliseconds; null where none waits. */
  readonly dueAt: number | null;
  /** By number; what no letter has is missing. */
  readonly aside: ReadonlyMap<number, LetterAside>;
  /** Letters that wait, and about which the question was that the letter with the commands answers. */
  readonly asked: readonly LetterAside[];
}

export const NOTHING_KNOWN: Known = {
  tickets: new Map(),
  clients: new Map(),
  letters: [],
  batch: null,
  history: [],
  dueAt: null,
  aside: new Map(),
  asked: [],
};
