// What `kvitok check` says of the calendars: whether the days off of this year, and in December of the next, are known.

import type { Config } from '../config/schema.ts';
import { type Calendar, yearsInSight } from '../desk/calendar.ts';
import { timetableOf } from '../desk/timetable.ts';
import { type Finding, ok, warning } from './findings.ts';

/** One line for each calendar, more where a year is not known. `now` in epoch milliseconds. */
export function checkCalendars(config: Config, now: number): readonly Finding[] {
  return [...timetableOf(config).calendars.values()].flatMap((calendar) => checkCalendar(calendar, now));
}

function checkCalendar(calendar: Calendar, now: number): readonly Finding[] {
  const { years, undecreed } = yearsInSight(calendar, now);
  return undecreed.length > 0
    ? undecreed.map(({ year, state }) => warning(`calendar ${calendar.name}`, unknown(calendar.name, year, state)))
    : [ok(`calendar ${calendar.name}`, `the days off of ${years.join(' and ')} are decreed, ${calendar.timeZone}`)];
}

function unknown(name: string, year: number, state: 'provisional' | 'missing'): string {
  const cure = `upgrade kvitok, or put the decree's days into calendars.${name}.years.${year}`;
  return state === 'missing'
    ? `nothing is known of ${year} but the law's own holidays; ${cure}`
    : `${year} is provisional: no decree is in it yet; ${cure}`;
}
