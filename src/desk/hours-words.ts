// When the desk works on ordinary days, as acknowledgements word it (§3.1 of the regulation): the hours of a calendar go in, one
// phrase in each language comes out. Single dates, of which a calendar knows as well, are what notices are for.

import type { CalendarData } from './calendar-data.ts';
import { zoneWords } from './deadline-words.ts';
import type { Language } from './tickets.ts';
import type { TimetableData } from './timetable.ts';

type Words = Readonly<Record<Language, string>>;

/** The parts of the configuration that a desk's hours are read from. */
export interface HoursData extends Pick<TimetableData, 'levels' | 'calendars'> {
  /** `hours`: what is said in their place. */
  readonly desk: { readonly timeZone: string; readonly hours?: Words | undefined };
}

/**
 * The desk's hours: in its own words, or by the calendar that counts for everybody, that of the free level. Throws RangeError
 * where there is no such calendar.
 */
export function deskHours({ desk, levels, calendars }: HoursData): Words {
  if (desk.hours) return desk.hours;
  const calendar = calendars[levels.free.calendar];
  if (!calendar) throw new RangeError(`level free names a calendar ${levels.free.calendar} that is not there`);
  const data = { ...calendar, timeZone: calendar.timeZone ?? desk.timeZone };
  return { ru: hoursWords(data, 'ru'), en: hoursWords(data, 'en') };
}

const ALL_DAY = '00:00-24:00';

interface DayWords {
  readonly everyDay: string;
  readonly weekdays: string;
  readonly weekends: string;
  readonly daysOff: string;
  readonly allDay: string;
  readonly span: (from: string, to: string) => string;
  readonly and: string;
}

const WORDS: Readonly<Record<Language, DayWords>> = {
  ru: {
    everyDay: 'ежедневно',
    weekdays: 'по будням',
    weekends: 'в выходные дни',
    daysOff: 'в выходные и праздничные дни',
    allDay: 'круглосуточно',
    span: (from, to) => `с ${from} до ${to}`,
    and: 'и',
  },
  en: {
    everyDay: 'daily',
    weekdays: 'weekdays',
    weekends: 'weekends',
    daysOff: 'weekends and public holidays',
    allDay: 'around the clock',
    span: (from, to) => `${from}–${to}`,
    and: 'and',
  },
};

/** `weekdays 8:00–20:00, weekends and public holidays 9:00–18:00, Moscow time`. Days on which nobody works are left out. */
function hoursWords({ timeZone, weekdays, daysOff, holidays, years }: CalendarData, language: Language): string {
  const words = WORDS[language];
  if (weekdays === ALL_DAY && daysOff === ALL_DAY) return words.allDay;
  const known = holidays !== 'none' || Object.values(years).some((year) => year.holidays?.length);
  const days: readonly (readonly [name: string, hours: string])[] =
    weekdays === daysOff
      ? [[words.everyDay, weekdays]]
      : [
          [words.weekdays, weekdays],
          [known ? words.daysOff : words.weekends, daysOff],
        ];
  const open = days.filter(([, hours]) => hours !== 'closed');
  return `${open.map(([name, hours]) => `${name} ${spansWords(hours, words)}`).join(', ')}${zoneWords(timeZone, language)}`;
}

/** Takes `08:00-13:00, 14:00-20:00`. */
function spansWords(hours: string, { allDay, span, and }: DayWords): string {
  if (hours === ALL_DAY) return allDay;
  const spans = hours.split(',').map((each) => {
    const [from = '', to = ''] = each
      .trim()
      .split('-')
      .map((time) => time.replace(/^0/, ''));
    return span(from, to);
  });
  return [spans.slice(0, -1).join(', '), spans.at(-1)].filter(Boolean).join(` ${and} `);
}
