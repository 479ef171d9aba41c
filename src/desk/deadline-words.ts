// Levels and deadlines as people read them.

import { DateTime } from 'luxon';
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

const FORMATS: Readonly<Record<Language, string>> = { ru: "d MMMM yyyy 'г.', HH:mm", en: 'd MMMM yyyy, HH:mm' };
const MOSCOW: Readonly<Record<Language, string>> = { ru: ' по московскому времени', en: ', Moscow time' };

/** By whose clocks, as it stands behind a time: ` по московскому времени`, ` (Asia/Yekaterinburg)`. */
export const zoneWords = (timeZone: string, language: Language): string =>
  timeZone === 'Europe/Moscow' ? MOSCOW[language] : ` (${timeZone})`;

/** `21 ноября 2026 г., 11:30 по московскому времени`. Takes epoch milliseconds and the zone whose clocks shall show it. */
export function momentWords(at: number, timeZone: string, language: Language): string {
  const text = DateTime.fromMillis(at, { zone: timeZone }).toFormat(FORMATS[language], { locale: language });
  return `${text}${zoneWords(timeZone, language)}`;
}

/** `21.11.2026 11:30`, for operators, who know the desk's zone. */
export const shortMoment = (at: number, timeZone: string): string =>
  DateTime.fromMillis(at, { zone: timeZone }).toFormat('dd.MM.yyyy HH:mm');
