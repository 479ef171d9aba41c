// The words of the rating page.

import type { Language } from '../desk/tickets.ts';

export interface RatingWords {
  readonly title: string;
  readonly ask: string;
  readonly rated: (stars: number) => string;
  readonly change: string;
  /** From one star to five. */
  readonly stars: readonly [string, string, string, string, string];
  readonly wrong: string;
  readonly busy: string;
}

export const RATING_WORDS: Readonly<Record<Language, RatingWords>> = {
  ru: {
    title: 'Оценка работы поддержки',
    ask: 'Как мы справились с вашим обращением?',
    rated: (stars) => `Спасибо! Ваша оценка: ${stars} из 5.`,
    change: 'Передумали? Выберите другую оценку.',
    stars: ['плохо', 'не очень', 'нормально', 'хорошо', 'отлично'],
    wrong: 'Такой страницы нет. Возможно, ссылка скопирована из письма не полностью.',
    busy: 'Сейчас слишком много запросов. Попробуйте через минуту.',
  },
  en: {
    title: 'Rate our support',
    ask: 'How did we do with your request?',
    rated: (stars) => `Thank you! Your rating: ${stars} of 5.`,
    change: 'Changed your mind? Choose another one.',
    stars: ['poor', 'not so good', 'fair', 'good', 'excellent'],
    wrong: 'There is no such page. Perhaps the link was not copied whole from the letter.',
    busy: 'There are too many requests right now. Try again in a minute.',
  },
};
