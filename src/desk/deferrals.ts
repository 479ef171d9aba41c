// The ten reasons for which a matter may be put off or stay unsolved (regulation §3.1), in its own words, and how people at
// the desk name them.

import type { Language } from './tickets.ts';

export interface Deferral {
  /** Its place in the list of the regulation. */
  readonly number: number;
  /** Of the regulation, and in English. */
  readonly words: Readonly<Record<Language, string>>;
  /** Words it is also known by. */
  readonly also: string;
}

export const DEFERRALS: readonly Deferral[] = [
  {
    number: 1,
    words: {
      ru: 'В обращении указано описание нескольких проблем (вопросов), не связанных между собой.',
      en: 'The request describes several problems (questions) that have nothing to do with each other.',
    },
    also: 'несколько вопросов several unrelated questions',
  },
  {
    number: 2,
    words: {
      ru: 'Пользователь не предоставил доступ к своему сайту.',
      en: 'The user has not given access to their site.',
    },
    also: 'нет доступа no access',
  },
  {
    number: 3,
    words: {
      ru: 'Невозможно воспроизвести описанную проблему на аналогичной конфигурации оборудования.',
      en: 'The described problem cannot be reproduced on a similar configuration of equipment.',
    },
    also: 'воспроизводится reproducible',
  },
  {
    number: 4,
    words: {
      ru: 'Вопрос задан в некорректной форме или обсуждение вопроса со стороны Пользователя происходит неконструктивно.',
      en: 'The question was put in an improper form, or the user does not discuss it constructively.',
    },
    also: 'грубость rude unconstructive',
  },
  {
    number: 5,
    words: {
      ru: 'Пользователь не может предоставить необходимую для решения информацию.',
      en: 'The user cannot provide the information that is needed for a solution.',
    },
    also: 'сведения данные information details',
  },
  {
    number: 6,
    words: {
      ru: 'Установка или настройка программного обеспечения происходила с нарушением рекомендаций разработчика.',
      en: 'The software was installed or set up against the recommendations of its developer.',
    },
    also: 'installation setup',
  },
  {
    number: 7,
    words: {
      ru: 'Вносились какие-либо изменения в программный код продукта, либо его модулей.',
      en: 'Changes were made to the program code of the product or of its modules.',
    },
    also: 'изменён код modified code',
  },
  {
    number: 8,
    words: {
      ru: 'Хостинг (сервер) не соответствует системным требованиям.',
      en: 'The hosting (server) does not meet the system requirements.',
    },
    also: 'хостер',
  },
  {
    number: 9,
    words: {
      ru: 'Вопрос выходит за рамки технической поддержки.',
      en: 'The question goes beyond technical support.',
    },
    also: 'вне рамок out of scope outside',
  },
  {
    number: 10,
    words: {
      ru: 'Вопрос относится к функционалу, который предоставляется сторонним сервисом.',
      en: 'The question is about functions that a third-party service provides.',
    },
    also: 'чужой сервис external',
  },
];

/** The reason with this number. */
export const deferralOf = (number: number): Deferral | undefined => DEFERRALS.find((one) => one.number === number);

/** What a customer is told of a reason, in its words. */
export const deferralWords = ({ number, words }: Deferral, language: Language): string =>
  language === 'ru'
    ? `Решение вопроса откладывается или невозможно. Причина (раздел 3.1 регламента, пункт ${number}): ${words.ru}`
    : `The matter is put off or cannot be solved. The reason (section 3.1 of the service regulation, item ${number}): ${words.en}`;

/** Words that stand in several reasons or say nothing. */
const EMPTY = new Set('вопрос вопросы пользователь user question the причина reason по из на не нет no'.split(' '));

/**
 * The reason that a line begins with, and the words for the customer behind it. A number ends where it ends; words are those of
 * the reason as long as each is one of its, and what follows is text. Words that only stand around it name no reason.
 */
export function deferralAndText(typed: string): { readonly found: readonly Deferral[]; readonly text: string } {
  const number = /^\P{L}{0,3}?(\d{1,2})(?![\d.:/%-]?\d)[\s.,:;)–—-]*/u.exec(typed.normalize('NFKC'));
  if (number) return { found: findDeferral(number[1]!), text: typed.normalize('NFKC').slice(number[0].length).trim() };
  const found = findDeferral(typed);
  const [reason, ...others] = found;
  if (reason === undefined || others.length > 0) return { found, text: '' };
  const known = wordsOf(`${reason.words.ru} ${reason.words.en} ${reason.also}`);
  const isOfReason = (word: string) => {
    const plain = word.toLowerCase().replaceAll('ё', 'е');
    return EMPTY.has(plain) || plain.length < 2 || known.some((other) => isSameWord(plain, other));
  };
  const strange = [...typed.matchAll(/\p{L}+/gu)].find(([word]) => !isOfReason(word));
  if (!strange) return { found, text: '' };
  const named = findDeferral(typed.slice(0, strange.index));
  return named.length === 1 && named[0] === reason
    ? { found: named, text: typed.slice(strange.index).trim() }
    : { found: named, text: '' };
}

/** The reasons that a number or words mean: one where it is plain, several where it is not, none where nothing fits. */
export function findDeferral(typed: string): readonly Deferral[] {
  const number = /^\D*?(\d{1,2})\D*$/u.exec(typed.normalize('NFKC').trim())?.[1];
  if (number !== undefined) return DEFERRALS.filter((one) => one.number === Number(number));
  const wanted = wordsOf(typed).filter((word) => !EMPTY.has(word));
  const ranked = DEFERRALS.map((deferral) => {
    const known = wordsOf(`${deferral.words.ru} ${deferral.words.en} ${deferral.also}`);
    return { deferral, hits: wanted.filter((word) => known.some((other) => isSameWord(word, other))).length };
  });
  const most = Math.max(...ranked.map(({ hits }) => hits));
  return most === 0 ? [] : ranked.flatMap(({ deferral, hits }) => (hits === most ? [deferral] : []));
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/\p{L}{2,}/gu) ?? [];

/** Forms of one word begin alike. */
function isSameWord(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  if (length < 4) return a === b;
  const same = [...a.slice(0, length)].findIndex((letter, i) => letter !== b[i]);
  return same < 0 || same >= Math.max(5, length - 3);
}
