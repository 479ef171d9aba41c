// Levels of service (§3.2 of the regulation): how long the desk may take to react, and by which calendar that is counted.

import { type Calendar, calendarOf } from './calendar.ts';
import type { CalendarData } from './calendar-data.ts';
import type { Level } from './tickets.ts';
import { type Allowance, addWorkingTime, dueAt, workingTimeBetween } from './working-time.ts';

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
  /** The share of the working time after which the desk is warned, 0 to 1. */
  readonly warnAfter: number;
}

/** The parts of the configuration that a timetable is made of. */
export interface TimetableData {
  readonly desk: { readonly timeZone: string };
  readonly levels: Readonly<Record<Level, Allowance & { readonly calendar: string }>>;
  readonly calendars: Readonly<
    Record<string, Omit<CalendarData, 'timeZone'> & { readonly timeZone?: string | undefined }>
  >;
  readonly deadlines: { readonly warnAtPercent: number };
}

/** Makes the timetable. Throws RangeError where a level names a calendar that is not there, or a calendar has no hours. */
export function timetableOf({ desk, levels, calendars: data, deadlines }: TimetableData): Timetable {
  const { timeZone } = desk;
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
    warnAfter: deadlines.warnAtPercent / 100,
  };
}

/** When a letter that arrived at `from` (epoch milliseconds) must be answered at the latest. */
export const deadlineOf = ({ allowance, calendar }: LevelRule, from: number): number =>
  dueAt(allowance, from, calendar);

/** The moments of a reaction clock, epoch milliseconds. */
export interface ClockTimes {
  readonly startedAt: number;
  /** When the desk is warned. */
  readonly warnAt: number;
  readonly dueAt: number;
}

/** The clock of a letter that arrived at `startedAt`, for a level of the timetable. */
export function clockTimes({ levels, warnAfter }: Timetable, level: Level, startedAt: number): ClockTimes {
  const { calendar } = levels[level];
  const dueAt = deadlineOf(levels[level], startedAt);
  const share = workingTimeBetween(startedAt, dueAt, calendar) * warnAfter;
  return { startedAt, warnAt: addWorkingTime(startedAt, share, calendar), dueAt };
}
