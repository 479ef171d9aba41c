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
  const { years } = yearsInSight(calendar, now);
  const findings = years.flatMap((each) => unknown(calendar, each));
  return findings.length > 0
    ? findings
    : [ok(`calendar ${calendar.name}`, `the days off of ${years.join(' and ')} are decreed, ${calendar.timeZone}`)];
}

function unknown({ name, yearState }: Calendar, year: number): readonly Finding[] {
  const state = yearState(year);
  const cure = `upgrade kvitok, or put the decree's days into calendars.${name}.years.${year}`;
  if (state === 'missing')
    return [warning(`calendar ${name}`, `nothing is known of ${year} but the law's own holidays; ${cure}`)];
  if (state === 'provisional')
    return [warning(`calendar ${name}`, `${year} is provisional: no decree is in it yet; ${cure}`)];
  return [];
}
