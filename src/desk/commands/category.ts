// #category: what kind of question it is (§2, §4 of the regulation); what its words proposed is confirmed by it. A question
// outside the scope of support is answered as consulting (§3.2).

import { CATEGORIES } from '../request/categories.ts';
import type { QuestionCategory } from '../request/category.ts';
import { type DeskCommand, fails } from './command.ts';

export const category: DeskCommand = {
  name: 'category',
  words: ['category', 'категория'],
  argument: { ru: '<название>', en: '<name>' },
  help: {
    ru: 'к какой категории относится вопрос; вне поддержки — значит консультация',
    en: 'what kind of question it is; outside the scope means consulting',
  },
  carryOut: (argument, { ticket, by }) => {
    const found = categoryIn(argument);
    if (found === null)
      return fails(
        `нет такой категории; есть:\n${listed('ru')}`,
        `there is no such category; there are:\n${listed('en')}`,
      );
    const leveled = found.outside && (ticket.level === 'free' || ticket.level === 'partner');
    const { title } = found;
    return {
      done: true,
      says: {
        ru: `вопрос: ${title.ru}${leveled ? '; уровень теперь «консультация»' : ''}${found.answer ? `; готовый ответ: #ответ ${found.answer}` : ''}`,
        en: `question: ${title.en}${leveled ? '; the level is consulting now' : ''}${found.answer ? `; ready answer: #answer ${found.answer}` : ''}`,
      },
      changes: [
        { kind: 'set-category', ticket: ticket.id, became: found.name, by: by.identity, because: '#category' },
        ...(leveled
          ? [
              {
                kind: 'set-level',
                ticket: ticket.id,
                was: ticket.level,
                became: 'consulting',
                by: by.identity,
                because: `question: ${title.ru}`,
              } as const,
            ]
          : []),
      ],
    };
  },
};

const listed = (language: 'ru' | 'en') =>
  CATEGORIES.map(({ name, title }) => `${name} – ${title[language]}`).join('\n');

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').trim();

/** The category that somebody names, by its name or by the beginning of its title, where only one begins so. */
function categoryIn(typed: string): QuestionCategory | null {
  const said = plain(typed);
  if (said === '') return null;
  const exact = CATEGORIES.find(({ name }) => name === said);
  if (exact) return exact;
  const [only, ...others] = CATEGORIES.filter(({ name, title }) =>
    [name, ...wordsOf(title.ru), ...wordsOf(title.en)].some((one) => one.startsWith(said)),
  );
  return only !== undefined && others.length === 0 ? only : null;
}

/** A title, and what stands behind its colon. */
const wordsOf = (title: string): readonly string[] => {
  const whole = plain(title);
  return [whole, whole.slice(whole.indexOf(':') + 1).trim()];
};
