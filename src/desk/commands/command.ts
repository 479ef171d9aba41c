// What a command of the desk is: words that name it, who may give it, what it needs to know, what it does. Pure: a command
// answers with changes and words, and nothing is carried out here.

import type { Client } from '../clients/client.ts';
import type { Language, Ticket } from '../tickets.ts';
import type { ReadyAnswers } from './answers.ts';
import type { CommandChange } from './change.ts';

export type CommandName =
  | 'close'
  | 'reopen'
  | 'defer'
  | 'level'
  | 'critical'
  | 'assign'
  | 'note'
  | 'answer'
  | 'merge'
  | 'split'
  | 'cc'
  | 'client'
  | 'phone'
  | 'spam'
  | 'undo'
  | 'status'
  | 'help';

/** Words for people, in every language the desk speaks. */
export type Words = Readonly<Record<Language, string>>;

/** Who gives commands; an admin does at the command line. */
export interface Giver {
  /** Normalised address of an operator, or `admin`. */
  readonly identity: string;
  readonly role: 'operator' | 'lead' | 'developer' | 'admin';
}

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
  readonly clients: ReadonlyMap<string, Pick<Client, 'key' | 'name' | 'category'>>;
  /** Letters of people on the ticket, oldest first. */
  readonly letters: readonly PersonsLetter[];
  readonly batch: Batch | null;
  /** Newest last. */
  readonly history: readonly PastEvent[];
  /** When the oldest letter that waits is due, epoch milliseconds; null where none waits. */
  readonly dueAt: number | null;
}

export const NOTHING_KNOWN: Known = {
  tickets: new Map(),
  clients: new Map(),
  letters: [],
  batch: null,
  history: [],
  dueAt: null,
};

/** Everything that the commands of one letter may look at. */
export interface CommandCase {
  readonly by: Giver;
  /** The ticket the letter belongs to; null where it belongs to none: then only a call can be recorded. */
  readonly ticket: Ticket | null;
  /** What stands under the commands. */
  readonly text: string;
  /** Whom a ticket can be given to. */
  readonly operators: readonly { readonly identity: string; readonly name: string }[];
  readonly answers: ReadyAnswers;
  readonly known: Known;
  /** Addresses of the desk itself, normalised. */
  readonly ownAddresses: ReadonlySet<string>;
  /** How a moment is written for people of the desk. */
  readonly moment: (at: number) => string;
  readonly now: number;
}

/** What one command comes to. */
export type Outcome =
  | {
      readonly done: true;
      readonly says: Words;
      readonly changes?: readonly CommandChange[];
      /** A text for the operator's eyes, such as the ready answer that goes out. */
      readonly shows?: Words;
      readonly effect?: Effect;
    }
  | { readonly done: false; readonly says: Words };

/** What a command does with the text of its letter and the answer to the customer. */
export type Effect =
  /** The text is for the desk only; `line` is what stood on the line of the command. */
  | { readonly kind: 'internal'; readonly entry: 'note' | 'phone'; readonly line: string }
  /** The answer is the solution: it asks for a mark. */
  | { readonly kind: 'solution' }
  /** The answer tells that the matter is put off, and why. */
  | { readonly kind: 'deferral'; readonly reason: number }
  | { readonly kind: 'ready'; readonly text: string }
  /** A call of somebody who has no ticket yet; `line` is what else stood on the line of the command. */
  | { readonly kind: 'call'; readonly address: string; readonly identity: string; readonly line: string };

/** One command of the table. */
export interface DeskCommand {
  readonly name: CommandName;
  /** Words that name it; the first is shown in English, the first Cyrillic one in Russian. Lower case, е for ё. */
  readonly words: readonly string[];
  /** Words that name it together with its argument: `взять` is `assign me`. */
  readonly shortcuts?: Readonly<Record<string, string>>;
  /** What is typed behind it, for the help; empty where nothing is. */
  readonly argument: Words;
  readonly help: Words;
  /** Whether what stands behind the command is text and may hold anything. */
  readonly freeText?: true;
  readonly needs?: (argument: string) => Partial<Needs>;
  /** What it comes to; `argument` is trimmed. Never throws. */
  readonly carryOut: (argument: string, c: CommandCase) => Outcome;
}

/** A failure with what would work. */
export const fails = (ru: string, en: string): Outcome => ({ done: false, says: { ru, en } });
