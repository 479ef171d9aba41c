// Levels and deadlines as people read them.

import { DateTime } from 'luxon';
import { remembered } from './remembered.ts';
import type { Language, Level } from './tickets.ts';

/** Levels by the names that the regulation gives them. */
export const LEVEL_WORDS: Readonly<Record<Language, Readonly<Record<Level, string>>>> = {
  ru: {
    free: 'бесплатная поддержка',
    partner: 'поддержка для партнёров',
    development: 'разработка',
    consulting: 'консультирование по общим вопросам',
  },
  en: {
    free: 'free support',
    partner: 'support for partners',
    development: 'development',
    consulting: 'general consulting',
  },
};

const MOSCOW: Readonly<Record<Language, string>> = { ru: ' по московскому времени', en: ', Moscow time' };
const LOCALES: Readonly<Record<Language, string>> = { ru: 'ru-RU', en: 'en-GB' };

/** By whose clocks, as it stands behind a time: ` по московскому времени`, ` (Asia/Yekaterinburg)`. */
export const zoneWords = (timeZone: string, language: Language): string =>
  timeZone === 'Europe/Moscow' ? MOSCOW[language] : ` (${timeZone})`;

/** `21 ноября 2026 г., 11:30 по московскому времени`. Takes epoch milliseconds and the zone whose clocks shall show it. */
export function momentWords(at: number, timeZone: string, language: Language): string {
  const format = formatOf(timeZone, language);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const year = language === 'ru' ? `${parts.get('year')} г.` : parts.get('year');
  const text = `${parts.get('day')} ${parts.get('month')} ${year}, ${parts.get('hour')}:${parts.get('minute')}`;
  return `${text}${zoneWords(timeZone, language)}`;
}

/** Making one takes a thousand times as long as using it, and every acknowledgement needs one. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string, language: Language): Intl.DateTimeFormat =>
  remembered(
    formats,
    `${language} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        timeZone,
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );

/** `21.11.2026 11:30`, for operators, who know the desk's zone. */
export const shortMoment = (at: number, timeZone: string): string =>
  DateTime.fromMillis(at, { zone: timeZone }).toFormat('dd.MM.yyyy HH:mm');
