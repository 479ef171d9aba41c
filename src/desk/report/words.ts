// The words of a report, in Russian and English.

import { LEVEL_WORDS } from '../deadline-words.ts';
import { categoryOf } from '../request/categories.ts';
import type { Language, Level } from '../tickets.ts';

export interface ReportWords {
  readonly title: string;
  readonly period: (from: string, to: string) => string;
  readonly made: string;
  readonly tickets: string;
  readonly byLevel: string;
  readonly byCategory: string;
  readonly byDay: string;
  readonly unknown: string;
  readonly reactions: string;
  readonly columns: {
    readonly [column in
      | 'level'
      | 'letters'
      | 'inTime'
      | 'late'
      | 'waiting'
      | 'overdue'
      | 'withoutAnswer'
      | 'median'
      | 'ninety']: string;
  };
  readonly note: string;
  readonly missed: string;
  readonly due: string;
  readonly answered: string;
  readonly notYet: string;
  readonly lateBy: string;
  /** Of an answer that came when nobody works. */
  readonly afterHours: string;
  readonly ask: (address: string) => string;
  readonly none: string;
  readonly more: (n: number) => string;
  readonly acknowledgements: string;
  readonly sent: string;
  readonly ratings: string;
  readonly average: string;
  readonly low: string;
  readonly resolved: string;
  readonly reopened: string;
  readonly files: string;
  readonly accepted: string;
  readonly refused: string;
  readonly letters: string;
  readonly fates: string;
  readonly acknowledged: string;
  readonly silences: string;
  readonly all: string;
  readonly units: { readonly hour: string; readonly minute: string; readonly second: string };
}

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = {
  ru: {
    title: 'Работа службы поддержки',
    period: (from, to) => `с ${from} по ${to}`,
    made: 'составлено',
    tickets: 'Новые обращения',
    byLevel: 'по уровням поддержки',
    byCategory: 'по категориям вопросов',
    byDay: 'по дням',
    unknown: 'не определена',
    reactions: 'Ответы',
    columns: {
      level: 'уровень',
      letters: 'писем',
      inTime: 'в срок',
      late: 'с опозданием',
      waiting: 'ждут',
      overdue: 'просрочены',
      withoutAnswer: 'без ответа',
      median: 'медиана',
      ninety: '90 %',
    },
    note: 'Письма клиентов, которые ждали ответа; время — рабочее, до ответа сотрудника. «Без ответа» — закрыто, объединено или спам.',
    missed: 'Сроки пропущены',
    due: 'ответить до',
    answered: 'отвечено',
    notYet: 'ещё нет',
    lateBy: 'опоздание',
    afterHours: 'вне рабочих часов',
    ask: (address) =>
      `Узнать, что с обращением сейчас: письмо на ${address} с его номером [#…] в теме и единственной строкой #статус.`,
    none: 'нет',
    more: (n) => `и ещё ${n}`,
    acknowledgements: 'Подтверждения с номером обращения',
    sent: 'отправлено',
    ratings: 'Оценки',
    average: 'средняя',
    low: 'оценки 1 и 2',
    resolved: 'решено',
    reopened: 'открыто снова',
    files: 'Файлы',
    accepted: 'принято',
    refused: 'отклонено',
    letters: 'Письма',
    fates: 'что с ними стало',
    acknowledged: 'с подтверждением',
    silences: 'без подтверждения, почему',
    all: 'всего',
    units: { hour: 'ч', minute: 'мин', second: 'с' },
  },
  en: {
    title: 'Work of the support desk',
    period: (from, to) => `${from} to ${to}`,
    made: 'made',
    tickets: 'New tickets',
    byLevel: 'by level of support',
    byCategory: 'by category of question',
    byDay: 'by day',
    unknown: 'not known',
    reactions: 'Answers',
    columns: {
      level: 'level',
      letters: 'letters',
      inTime: 'in time',
      late: 'late',
      waiting: 'waiting',
      overdue: 'overdue',
      withoutAnswer: 'no answer',
      median: 'median',
      ninety: '90 %',
    },
    note: 'Letters of customers that waited for an answer; times are working time, until an operator’s answer. “No answer”: closed, merged or spam.',
    missed: 'Missed deadlines',
    due: 'due',
    answered: 'answered',
    notYet: 'not yet',
    lateBy: 'late by',
    afterHours: 'outside working hours',
    ask: (address) =>
      `To see how a ticket stands: a letter to ${address} with its number [#…] in the subject and the one line #status.`,
    none: 'none',
    more: (n) => `and ${n} more`,
    acknowledgements: 'Acknowledgements with the ticket number',
    sent: 'sent',
    ratings: 'Ratings',
    average: 'average',
    low: 'marks of 1 and 2',
    resolved: 'resolved',
    reopened: 'reopened',
    files: 'Files',
    accepted: 'accepted',
    refused: 'refused',
    letters: 'Letters',
    fates: 'what became of them',
    acknowledged: 'acknowledged',
    silences: 'not acknowledged, why',
    all: 'all',
    units: { hour: 'h', minute: 'min', second: 's' },
  },
};

export const levelName = (level: Level, language: Language): string => LEVEL_WORDS[language][level];

/** An empty name is a ticket whose category nobody could tell. */
export const categoryName = (name: string, language: Language): string =>
  categoryOf(name)?.title[language] ?? (name === '' ? REPORT_WORDS[language].unknown : name);

/** A length of time as people read it: the two largest units. */
export function timeWords(ms: number | null, language: Language): string {
  if (ms === null) return '–';
  const { hour, minute, second } = REPORT_WORDS[language].units;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} ${second}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} ${minute}`;
  return minutes % 60 === 0
    ? `${minutes / 60} ${hour}`
    : `${Math.floor(minutes / 60)} ${hour} ${minutes % 60} ${minute}`;
}
