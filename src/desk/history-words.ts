// What happened to a ticket, as operators read it: a line for each event of its history.

import { LEVEL_WORDS } from './deadline-words.ts';
import type { EventKind } from './events.ts';
import { STATE_WORDS } from './state-words.ts';
import type { Critical, Language } from './tickets.ts';

const CRITICAL: Readonly<Record<Language, Readonly<Record<Critical, string>>>> = {
  ru: { no: 'нет', proposed: 'судя по словам', yes: 'да' },
  en: { no: 'no', proposed: 'perhaps, by its words', yes: 'yes' },
};

/** Whether a ticket is critical, as operators read it. */
export const criticalWords = (critical: Critical, language: Language): string => CRITICAL[language][critical];

const KINDS: Readonly<Record<Language, Readonly<Record<EventKind, string>>>> = {
  ru: {
    state: 'состояние',
    level: 'уровень',
    critical: 'срочное',
    assignee: 'ведёт',
    category: 'категория',
    client: 'клиент',
    participant: 'участник',
    merge: 'объединение',
    split: 'разделение',
    deferral: 'причина отсрочки',
    rating: 'оценка',
    deadline: 'срок ответа',
    access: 'доступы показаны',
    letter: 'письмо',
  },
  en: {
    state: 'state',
    level: 'level',
    critical: 'critical',
    assignee: 'assignee',
    category: 'category',
    client: 'client',
    participant: 'participant',
    merge: 'merge',
    split: 'split',
    deferral: 'reason of the deferral',
    rating: 'rating',
    deadline: 'answer due',
    access: 'access data shown',
    letter: 'letter',
  },
};

const WHO: Readonly<Record<string, string>> = { admin: 'администратор', customer: 'клиент' };

/** Reasons that kvitok itself writes down, in Russian. */
const BECAUSE: Readonly<Record<string, string>> = {
  'the customer wrote': 'клиент написал',
  'the desk answered': 'ответ клиенту',
  'the desk answered past kvitok': 'ответ клиенту отправлен помимо kvitok',
  'the answer failed': 'ответ не дошёл до клиента',
  missed: 'прошёл',
};

/** An event as the history of a ticket keeps it. */
interface PastEvent {
  readonly kind: string;
  readonly by: string;
  readonly was: string | null;
  readonly became: string | null;
  readonly because: string;
}

/** How a person is called, and how a moment is written. */
interface How {
  readonly nameOf: (identity: string) => string;
  readonly moment: (at: number) => string;
}

/** `Пётр Иванов: уровень бесплатная поддержка → поддержка для партнёров (#level)`; what nobody has words for stands as it is. */
export function eventLine({ kind, by, was, became, because }: PastEvent, language: Language, how: How): string {
  const change = [was, became].filter((value) => value !== null).map((value) => valueWords(kind, value, language, how));
  const who = (language === 'ru' ? WHO[by] : undefined) ?? how.nameOf(by);
  const why = language === 'ru' ? wordOf(BECAUSE, because) : because;
  const what = [wordOf(KINDS[language], kind), change.join(' → ')].filter((words) => words !== '').join(' ');
  return `${who}: ${what}${why ? ` (${why})` : ''}`;
}

function valueWords(kind: string, value: string, language: Language, { nameOf, moment }: How): string {
  switch (kind) {
    case 'state':
      return wordOf(STATE_WORDS[language], value);
    case 'level':
      return wordOf(LEVEL_WORDS[language], value);
    case 'critical':
      return wordOf(CRITICAL[language], value);
    case 'assignee':
      return nameOf(value);
    case 'deadline':
      return moment(Date.parse(value));
    default:
      return value;
  }
}

const wordOf = (words: Readonly<Record<string, string>>, value: string): string =>
  Object.hasOwn(words, value) ? words[value]! : value;
