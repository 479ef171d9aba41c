// Ready answers as commands see them: a name leads to a text that is written for this ticket.

import type { Language, Level, Ticket } from '../tickets.ts';

/** What a ready answer is, without its text. */
export interface ReadyAnswer {
  readonly name: string;
  /** Another name, for those who type in another alphabet; null where there is none. */
  readonly also: string | null;
  readonly title: string;
  readonly language: Language;
  /** The level that its question belongs to; null where it fits all. */
  readonly level: Level | null;
}

/** A ready answer, written for a ticket; `fault` where its text asks for what is not there. */
export type WrittenAnswer =
  | { readonly answer: ReadyAnswer; readonly text: string }
  | { readonly answer: ReadyAnswer; readonly fault: string };

/** The ready answers of a desk. */
export interface ReadyAnswers {
  /** All of them, by name. */
  list(): readonly ReadyAnswer[];
  /** One for a ticket, in its language where there is one; null where no answer has this name. Never throws. */
  write(name: string, ticket: Ticket): WrittenAnswer | null;
}

export const NO_READY_ANSWERS: ReadyAnswers = { list: () => [], write: () => null };
