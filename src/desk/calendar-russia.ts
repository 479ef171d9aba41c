// Days off in Russia: decreed ones as the government's decrees word them, and what article 112 of the Labour Code says of
// any other year. A new decree is one more entry here, or `calendars` of the configuration.

import type { YearData } from './calendar-data.ts';
import { dateOf, weekdayOf } from './zone.ts';

/** Month and day; 1–8 January are the New Year holidays, with Christmas among them. */
const JANUARY = ['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'];
const OTHERS = ['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'];
const holidaysOf = (year: number) => [...JANUARY, ...OTHERS].map((date) => `${year}-${date}`);

export const RUSSIA: Readonly<Record<string, YearData>> = {
  2026: {
    state: 'decreed',
    holidays: holidaysOf(2026),
    moved: [
      { from: '2026-01-03', to: '2026-01-09' },
      { from: '2026-01-04', to: '2026-12-31' },
      { from: '2026-03-08', to: '2026-03-09' },
      { from: '2026-05-09', to: '2026-05-11' },
    ],
  },
  // no decree yet: where 2 and 3 January go is not known
  2027: {
    state: 'provisional',
    holidays: holidaysOf(2027),
    moved: [
      { from: '2027-05-01', to: '2027-05-03' },
      { from: '2027-05-09', to: '2027-05-10' },
      { from: '2027-06-12', to: '2027-06-14' },
    ],
  },
};

/**
 * A year by the Labour Code alone: a holiday on a Saturday or Sunday moves to the next working day, except those of January,
 * which only a decree moves.
 */
export function byTheCode(year: number): YearData {
  const holidays = holidaysOf(year);
  const off = new Set(holidays);
  const moved = OTHERS.map((date) => Date.parse(`${year}-${date}`) / 86_400_000)
    .filter((day) => weekdayOf(day) > 5)
    .map((day) => {
      let to = day + 1;
      while (weekdayOf(to) > 5 || off.has(dateOf(to))) to++;
      off.add(dateOf(to));
      return { from: dateOf(day), to: dateOf(to) };
    });
  return { state: 'provisional', holidays, moved };
}
