// What a guard answers about a letter that is about to go to a customer.

import type { Case } from '../case.ts';
import type { Draft } from './draft.ts';

/** Why an answer is held. */
export interface Finding {
  /** Stable, kebab-case; the templates of questions have a sentence for each. */
  readonly code: string;
  /** What was seen, for people; may hold words of letters. */
  readonly detail: string;
  /** `never`: an operator's «ок» does not change it. `seen`: he may say that it shall leave all the same. */
  readonly leaves: 'never' | 'when-confirmed';
}

export type Guard = (draft: Draft, c: Case) => Finding | null;

/** What an operator's «ок» may overrule. */
export const unlessConfirmed = (code: string, detail: string): Finding => ({ code, detail, leaves: 'when-confirmed' });

export const never = (code: string, detail: string): Finding => ({ code, detail, leaves: 'never' });

/** Blanks, case and quotation marks do not make a text another one. */
export const plain = (text: string): string =>
  text
    .replace(/^[>\s]+/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
