// Working time beside a slow counter that knows no cleverness: it asks the clock on the wall of every minute of three years,
// in zones with summer time and without. Both must agree to the minute.

import { describe, expect, test } from '@jest/globals';
import type { CalendarData } from '../../src/desk/calendar-data.ts';
import { dueAt, intervalsBetween, workingTimeBetween } from '../../src/desk/working-time.ts';
import { calendarWith } from '../support/timetable.ts';

const START = Date.UTC(2025, 11, 28);
const MINUTE = 60_000;
const MINUTES = Math.round(3 * 365.25 * 24 * 60);

const HOLIDAYS = ['2026-01-01', '2026-03-29', '2026-12-25', '2027-01-01', '2027-05-09', '2027-11-07', '2028-02-29'];
const SHORT = '2026-12-31';

interface Place {
  readonly zone: string;
  readonly weekdays: string;
  readonly daysOff: string;
}

// Hours that the change of clocks falls into, among them: two to four on a Sunday, round the clock, a break.
const PLACES: readonly Place[] = [
  { zone: 'Europe/Moscow', weekdays: '08:00-20:00', daysOff: '09:00-18:00' },
  { zone: 'Europe/Berlin', weekdays: '09:00-12:30, 13:15-17:00', daysOff: '01:30-02:30, 02:45-03:15' },
  { zone: 'America/New_York', weekdays: '00:00-24:00', daysOff: '00:00-01:30' },
  { zone: 'Australia/Lord_Howe', weekdays: '06:00-22:00', daysOff: '00:00-24:00' },
  { zone: 'Africa/Cairo', weekdays: '22:00-24:00', daysOff: '00:00-02:00' },
];

const dataOf = ({ zone, weekdays, daysOff }: Place): Partial<CalendarData> => {
  const yearOf = (year: string) => ({
    holidays: HOLIDAYS.filter((date) => date.startsWith(year)),
    ...(SHORT.startsWith(year) ? { shortened: { [SHORT]: '10:00-11:00' } } : {}),
  });
  const years = Object.fromEntries(['2026', '2027', '2028'].map((year) => [year, yearOf(year)]));
  return { timeZone: zone, weekdays, daysOff, years };
};

/** Minutes of the day, from and to. */
const minutesOf = (words: string) =>
  words.split(', ').map((span) => {
    const [from = 0, to = 0] = span.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    return [from, to] as const;
  });

/** For each minute since START, how many minutes before it were worked. Clocks change on a quarter of an hour only. */
function slowCount({ zone, weekdays, daysOff }: Place): Uint32Array {
  const wall = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
  const [full, free] = [minutesOf(weekdays), minutesOf(daysOff)];
  const worked = new Uint32Array(MINUTES + 1);
  for (let minute = 0; minute < MINUTES; minute += 15) {
    const [date = '', time = ''] = wall.format(START + minute * MINUTE).split(' ');
    const weekday = new Date(date).getUTCDay();
    const off = weekday === 0 || weekday === 6 || HOLIDAYS.includes(date);
    const open = date === SHORT ? [[600, 660] as const] : off ? free : full;
    const [hour = 0, past = 0] = time.split(':').map(Number);
    for (let n = 0; n < 15; n++) {
      const shown = hour * 60 + past + n;
      worked[minute + n + 1] = worked[minute + n]! + (open.some(([from, to]) => shown >= from && shown < to) ? 1 : 0);
    }
  }
  return worked;
}

/** The same numbers at every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.each(PLACES)('in $zone', (place) => {
  const calendar = calendarWith(dataOf(place));
  const worked = slowCount(place);
  const random = numbers(20_261);
  const below = (n: number) => Math.floor((random.next().value as number) * n);
  const at = (minute: number) => START + minute * MINUTE;

  test('the time between two moments is what the slow counter counts', () => {
    for (let n = 0; n < 4000; n++) {
      const from = below(MINUTES);
      const to = Math.min(MINUTES, from + below(n % 2 ? 3000 : MINUTES));
      const expected = worked[to]! - worked[from]!;
      if (workingTimeBetween(at(from), at(to), calendar) !== expected * MINUTE)
        throw new Error(`${new Date(at(from)).toISOString()} to ${new Date(at(to)).toISOString()}: not ${expected}`);
    }
  });

  test('a deadline is the first moment by which that much was worked', () => {
    for (let n = 0; n < 4000; n++) {
      const from = below(MINUTES - 90 * 24 * 60);
      const hours = [0.25, 3, 24, 40][n % 4]!;
      let expected = from;
      while (worked[expected]! < worked[from]! + hours * 60) expected++;
      if (dueAt({ hours }, at(from), calendar) !== at(expected))
        throw new Error(
          `${hours} h from ${new Date(at(from)).toISOString()}: not ${new Date(at(expected)).toISOString()}`,
        );
    }
  });

  test('the stretches of three years follow each other, and those that count are what was worked', () => {
    const stretches = intervalsBetween(at(0), at(MINUTES), calendar);
    expect(stretches[0]!.from).toBe(at(0));
    expect(stretches.at(-1)!.to).toBe(at(MINUTES));
    expect(stretches.filter((each, n) => n > 0 && each.from !== stretches[n - 1]!.to)).toEqual([]);
    const sum = stretches.filter((each) => each.counted).reduce((all, { from, to }) => all + to - from, 0);
    expect(sum / MINUTE).toBe(worked[MINUTES]!);
  });
});
