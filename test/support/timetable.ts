// The regulation's timetable, and calendars of other places, for tests.

import { hoursByDefault } from '../../src/config/schema-hours.ts';
import { type Calendar, calendarOf } from '../../src/desk/calendar.ts';
import type { CalendarData } from '../../src/desk/calendar-data.ts';
import { timetableOf } from '../../src/desk/timetable.ts';

export const REGULATION = timetableOf({ desk: { timeZone: 'Europe/Moscow' }, ...hoursByDefault() });
export const SUPPORT = REGULATION.levels.free.calendar;

/** The regulation's hours, but for what is given. */
export const calendarWith = (values: Partial<CalendarData>): Calendar =>
  calendarOf('test', {
    timeZone: 'Europe/Moscow',
    weekdays: '08:00-20:00',
    daysOff: '09:00-18:00',
    holidays: 'none',
    years: {},
    ...values,
  });
