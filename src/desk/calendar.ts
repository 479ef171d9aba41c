// A calendar: which hours the desk works on which date (§1, §3.1 of the regulation). Data as it stands in the configuration
// goes in; out comes what can be asked for any day. Days are worked out once and remembered.

import { DateTime } from 'luxon';
import type { CalendarData, YearData } from './calendar-data.ts';
import { byTheCode, RUSSIA } from './calendar-russia.ts';
import { remembered } from './remembered.ts';
import { common, dateOf, dayAt, HOUR, MINUTE, type Span, spansOf, weekdayOf, zoneOf } from './zone.ts';

export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'moved day off' | 'moved working day';

export interface Day {
  /** Days since 1 January 1970. */
  readonly number: number;
  readonly date: string;
  readonly kind: DayKind;
  readonly shortened: boolean;
  /** When the desk works on it, in order; empty where it does not. */
  readonly spans: readonly Span[];
}

export interface Calendar {
  readonly name: string;
  readonly timeZone: string;
  /** The number of the date at an instant (epoch milliseconds), as `day` takes it. */
  dayAt(at: number): number;
  day(number: number): Day;
  /** Missing: nobody has said anything of this year; it is counted by the law alone. */
  yearState(year: number): 'decreed' | 'provisional' | 'missing';
}

/** The years whose days off matter now: this one, and in December the next; and which of them nobody decreed. `now` in epoch milliseconds. */
export function yearsInSight(calendar: Calendar, now: number) {
  const [year = 0, month] = dateOf(calendar.dayAt(now)).split('-').map(Number);
  const years = month === 12 ? [year, year + 1] : [year];
  const undecreed = years.flatMap((each) => {
    const state = calendar.yearState(each);
    return state === 'decreed' ? [] : [{ year: each, state }];
  });
  return { years, undecreed };
}

/** Makes a calendar. Throws RangeError where the desk would never work. */
export function calendarOf(name: string, data: CalendarData): Calendar {
  const zone = zoneOf(data.timeZone);
  const weekdays = hoursOf(data.weekdays);
  const daysOff = hoursOf(data.daysOff);
  if (weekdays.length + daysOff.length === 0) throw new RangeError(`calendar ${name} has no working hours`);
  const closures = Object.values(data.years).flatMap((year) =>
    (year.closures ?? []).map((closure) => closureOf(closure, data.timeZone)),
  );
  const shortened = new Map(Object.values(data.years).flatMap((year) => Object.entries(year.shortened ?? {})));
  const years = new Map<number, DaysOff>();
  const daysOffIn = (year: number) => remembered(years, year, () => daysOffOf(yearOf(data, year)));
  const kindOf = (number: number, date: string): DayKind => {
    // a decree of one year may move rest into the next
    const [own, before] = [daysOffIn(Number(date.slice(0, 4))), daysOffIn(Number(date.slice(0, 4)) - 1)];
    if (own.holidays.has(date)) return 'holiday';
    if (own.restTo.has(date) || before.restTo.has(date)) return 'moved day off';
    if (own.restFrom.has(date)) return 'moved working day';
    return weekdayOf(number) > 5 ? 'weekend' : 'weekday';
  };
  const make = (number: number): Day => {
    const date = dateOf(number);
    const kind = kindOf(number, date);
    const own = shortened.get(date);
    const hours = own === undefined ? (WORKS.has(kind) ? weekdays : daysOff) : hoursOf(own);
    const spans = closures.reduce(without, spansOf(number, hours, zone));
    return { number, date, kind, shortened: own !== undefined, spans };
  };
  const days = new Map<number, Day>();
  return {
    name,
    timeZone: data.timeZone,
    dayAt: (at) => dayAt(at, zone),
    day: (number) => remembered(days, number, () => make(number)),
    yearState: (year) => yearOf(data, year).state ?? 'missing',
  };
}

const WORKS: ReadonlySet<DayKind> = new Set(['weekday', 'moved working day']);

/** What is known of a year; without `state` where nobody has said anything of it. */
function yearOf({ holidays, years }: CalendarData, year: number): YearData {
  const own = years[year] ?? {};
  const said = own.state ?? (own.holidays || own.moved ? 'decreed' : undefined);
  if (holidays === 'none') return { ...own, state: said ?? 'decreed' };
  const shipped = RUSSIA[year];
  const { state: _, ...law } = byTheCode(year);
  const { holidays: off, moved } = { ...law, ...shipped };
  return { state: said ?? shipped?.state, holidays: own.holidays ?? off, moved: own.moved ?? moved };
}

interface DaysOff {
  readonly holidays: ReadonlySet<string>;
  readonly restFrom: ReadonlySet<string>;
  readonly restTo: ReadonlySet<string>;
}

const daysOffOf = ({ holidays = [], moved = [] }: YearData): DaysOff => ({
  holidays: new Set(holidays),
  restFrom: new Set(moved.map(({ from }) => from)),
  restTo: new Set(moved.map(({ to }) => to)),
});

/** Milliseconds of the day between which the desk works, from words that the configuration has checked. */
function hoursOf(words: string): readonly Span[] {
  const times = [...words.matchAll(/(\d\d):(\d\d)/g)].map(([, h, m]) => Number(h) * HOUR + Number(m) * MINUTE);
  return times.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: times[index + 1] ?? from }] : []));
}

function closureOf({ from, to }: { readonly from: string; readonly to: string }, zone: string): Span {
  const end = DateTime.fromISO(to, { zone });
  return {
    from: DateTime.fromISO(from, { zone }).toMillis(),
    to: (to.includes('T') ? end : end.plus({ days: 1 })).toMillis(),
  };
}

function without(spans: readonly Span[], closure: Span): readonly Span[] {
  return spans.flatMap((span) => {
    const { from, to } = common(span, closure);
    if (from >= to) return [span];
    return [
      { from: span.from, to: from },
      { from: to, to: span.to },
    ].filter((rest) => rest.from < rest.to);
  });
}
