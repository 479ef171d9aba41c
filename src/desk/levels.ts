// Levels of service (§3.2 of the regulation): how long the desk may take to react, and by which calendar that is counted.

import { type Calendar, calendarOf } from './calendar.ts';
import type { CalendarData } from './calendar-data.ts';
import type { Level } from './tickets.ts';
import { type Allowance, dueAt } from './working-time.ts';

/** What people choose from, in the regulation's order. */
export const LEVELS: readonly Level[] = ['free', 'partner', 'development', 'consulting'];

export interface LevelRule {
  readonly name: Level;
  readonly allowance: Allowance;
  readonly calendar: Calendar;
}

/** The levels of a desk, each with its calendar, and the calendars by name. */
export interface Timetable {
  readonly levels: Readonly<Record<Level, LevelRule>>;
  readonly calendars: ReadonlyMap<string, Calendar>;
}

/** The parts of the configuration that a timetable is made of. */
export interface TimetableData {
  readonly timeZone: string;
  readonly levels: Readonly<Record<Level, Allowance & { readonly calendar: string }>>;
  readonly calendars: Readonly<
    Record<string, Omit<CalendarData, 'timeZone'> & { readonly timeZone?: string | undefined }>
  >;
}

/** Makes the timetable. Throws RangeError where a level names a calendar that is not there, or a calendar has no hours. */
export function timetableOf({ timeZone, levels, calendars: data }: TimetableData): Timetable {
  const calendars = new Map(
    Object.entries(data).map(([name, each]) => [
      name,
      calendarOf(name, { ...each, timeZone: each.timeZone ?? timeZone }),
    ]),
  );
  const level = (name: Level): LevelRule => {
    const { calendar: called, ...allowance } = levels[name];
    const calendar = calendars.get(called);
    if (!calendar) throw new RangeError(`level ${name} names a calendar ${called} that is not there`);
    return { name, allowance, calendar };
  };
  return {
    levels: {
      free: level('free'),
      partner: level('partner'),
      development: level('development'),
      consulting: level('consulting'),
    },
    calendars,
  };
}

/** When a letter that arrived at `from` (epoch milliseconds) must be answered at the latest. */
export const deadlineOf = ({ allowance, calendar }: LevelRule, from: number): number =>
  dueAt(allowance, from, calendar);
