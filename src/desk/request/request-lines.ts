// What is known of a request, as lines for operators: the facts, the kind of question, and whether a letter seems to hold several.

import type { CategoryState, Language } from '../tickets.ts';
import { categoryOf } from './categories.ts';

/** The columns of a ticket. */
export interface RequestColumns {
  readonly site: string | null;
  readonly version: string | null;
  readonly edition: string | null;
  readonly steps: number;
  readonly several_problems: number;
  readonly category: string | null;
  readonly category_state: CategoryState | null;
}

/** Lines for the footer of a notification and for `kvitok show`; none where nothing is known. */
export function requestLines(ticket: RequestColumns, language: Language): readonly string[] {
  const words = WORDS[language];
  const facts = [
    ...(ticket.site === null ? [] : [`${words.site} ${ticket.site}`]),
    ...(ticket.version === null ? [] : [`${words.version} ${ticket.version}`]),
    ...(ticket.edition === null ? [] : [`${words.edition} ${ticket.edition}`]),
    ...(ticket.steps === 0 ? [] : [words.steps]),
  ];
  const category = categoryOf(ticket.category);
  const answer = category?.answer == null ? '' : `; ${words.answer} #answer ${category.answer}`;
  const state = ticket.category_state === 'confirmed' ? '' : ` (${words.proposed})`;
  return [
    ...(facts.length > 0 ? [`${words.request}: ${facts.join(', ')}`] : []),
    ...(category === null ? [] : [`${words.question}: ${category.title[language]}${state}${answer}`]),
    ...(ticket.several_problems === 0 ? [] : [words.several]),
  ];
}

const WORDS = {
  ru: {
    request: 'В письмах названы',
    site: 'сайт',
    version: 'версия',
    edition: 'редакция',
    steps: 'шаги',
    question: 'Вопрос',
    proposed: 'по словам письма',
    answer: 'готовый ответ:',
    several: 'Похоже, в обращении несколько несвязанных вопросов',
  },
  en: {
    request: 'The letters name',
    site: 'site',
    version: 'version',
    edition: 'edition',
    steps: 'steps',
    question: 'Question',
    proposed: 'by the words of the letter',
    answer: 'ready answer:',
    several: 'There seem to be several unrelated questions in it',
  },
} as const;
