// What kind of question a request is (§2, §4 of the regulation), proposed by its words and confirmed by an operator.

import { type PhraseIndex, phraseIndex, phrasesIn } from '../words.ts';
import type { Asked } from './facts.ts';
import { ownLines } from './lines.ts';

export type CategoryName =
  | 'licence'
  | 'update'
  | 'performance'
  | 'errors'
  | 'setup'
  | 'development'
  | 'general'
  | 'theory'
  | 'usage'
  | 'outside-install'
  | 'outside-move'
  | 'outside-server'
  | 'outside-hosting'
  | 'outside-markup'
  | 'outside-third-party'
  | 'outside-to-order';

export interface QuestionCategory {
  readonly name: CategoryName;
  readonly title: { readonly ru: string; readonly en: string };
  /** Where the regulation speaks of it. */
  readonly section: string;
  /** Outside the scope of support: answered as consulting once an operator has confirmed it. */
  readonly outside: boolean;
  /** The ready answer that says so and names where to turn; null for what support solves. */
  readonly answer: string | null;
  /** What an acknowledgement asks for where the letter does not have it. */
  readonly asks: readonly Asked[];
  /** What support does about it, and what it does not, in the regulation's words. */
  readonly solved: readonly string[];
  readonly notSolved: readonly string[];
  /** Phrases that speak for it; the beginning of a word is enough. */
  readonly words: readonly string[];
}

/** The words of all categories as they count at a desk, ready to be looked for. */
export type CategoryWords = PhraseIndex<CategoryName>;

/** Makes them ready; `own` are a desk's own, in the place of ours. */
export const categoryWords = (
  categories: readonly QuestionCategory[],
  own: { readonly [name in CategoryName]?: readonly string[] | undefined },
): CategoryWords => phraseIndex(categories.map(({ name, words }) => ({ name, words: own[name] ?? words })));

const MOST_CHARS = 5000;

/**
 * The category that most phrases speak for, or null where none does. Takes the subject and the writer's own words; of two
 * categories with as many phrases the one that `order` names first is meant.
 */
export function proposedCategory(
  subject: string,
  text: string,
  words: CategoryWords,
  order: readonly QuestionCategory[],
): { readonly name: CategoryName; readonly because: string } | null {
  const found = phrasesIn(`${subject}\n${ownLines(text).join('\n')}`.slice(0, MOST_CHARS), words);
  const size = ({ name }: QuestionCategory) => found.get(name)?.size ?? 0;
  const best = order.reduce<QuestionCategory | null>((a, b) => (size(b) > (a ? size(a) : 0) ? b : a), null);
  return best && { name: best.name, because: [...(found.get(best.name) ?? [])].slice(0, 3).join(', ') };
}
