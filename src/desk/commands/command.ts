// What a command of the desk is: words that name it, who may give it, what it needs to know, what it does. Pure: a command
// answers with changes and words, and nothing is carried out here.

import type { Language, Ticket } from '../tickets.ts';
import type { CommandChange } from './change.ts';
import type { Known, Needs } from './known.ts';
import type { ReadyAnswers } from './ready-answers.ts';

export type CommandName =
  | 'close'
  | 'reopen'
  | 'defer'
  | 'level'
  | 'category'
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
  | 'release'
  | 'undo'
  | 'access'
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

/** Everything that the commands of one letter may look at. */
export interface CommandCase {
  readonly by: Giver;
  /** The ticket the letter belongs to; null where it belongs to none: then only a call can be recorded. */
  readonly ticket: Ticket | null;
  /** What stands under the commands. */
  readonly text: string;
  /** Whether files of the letter would go to the customer. */
  readonly files: boolean;
  /** Whom a ticket can be given to. */
  readonly operators: readonly { readonly identity: string; readonly name: string }[];
  readonly answers: ReadyAnswers;
  readonly known: Known;
  /** Addresses of the desk itself, normalised. */
  readonly ownAddresses: ReadonlySet<string>;
  /** How a moment is written for people of the desk. */
  readonly moment: (at: number) => string;
  /** The date of the desk, as `2027-01-31`. */
  readonly today: string;
  readonly now: number;
}

/** A case with a ticket, which nearly every command needs. */
export interface TicketCase extends CommandCase {
  readonly ticket: Ticket;
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
  /** The answer is the solution: it asks for a mark; `line` is what stood on the line of the command. */
  | { readonly kind: 'solution'; readonly line: string }
  /** The answer tells that the matter is put off, and why; `line` as above. */
  | { readonly kind: 'deferral'; readonly reason: number; readonly line: string }
  /** What letters to operators cover is sent to the one who asks. */
  | { readonly kind: 'uncover' }
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
  /**
   * Whether what stands behind the command is text and may hold anything: a note to the end of the line, or words for the
   * customer up to the next command. What stands behind a command that takes nothing is never dropped: the giver is asked.
   */
  readonly freeText?: 'note' | 'for-customer';
  /** Whether it changes nothing, and only tells its giver something: then its letter needs to answer none of ours. */
  readonly onlyTells?: true;
  readonly needs?: (argument: string) => Partial<Needs>;
  /** What it comes to; `argument` is trimmed. Never throws. */
  readonly carryOut: (argument: string, c: TicketCase) => Outcome;
  /** The same for a letter that belongs to no ticket; most commands can do nothing then. */
  readonly withoutTicket?: (argument: string, c: CommandCase) => Outcome;
}

/** A failure with what would work. */
export const fails = (ru: string, en: string): Outcome => ({ done: false, says: { ru, en } });
