// Counted and paused time as lines for people.

import { DateTime } from 'luxon';
import type { Calendar } from '../desk/calendar.ts';
import { type Allowance, countedBetween, type Interval } from '../desk/working-time.ts';
import { counted, dim } from './page.ts';

/** `2026-11-21T11:30:00+03:00`, on the clocks of the zone. */
export const isoMoment = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';

/** `3 working hours`. */
export const allowanceWords = (allowance: Allowance): string =>
  'hours' in allowance ? counted(allowance.hours, 'working hour') : counted(allowance.days, 'working day');

/** Minutes and hours as `0:30`; a rest below a minute is dropped. */
export function lengthWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** One line for each stretch between the arrival of a letter and a later moment: how long it is, whether it counts, and why. */
export function intervalLines(allowance: Allowance, from: number, to: number, calendar: Calendar): readonly string[] {
  const clock = (at: number) =>
    DateTime.fromMillis(at, { zone: calendar.timeZone }).toFormat('ccc yyyy-MM-dd HH:mm', { locale: 'en' });
  return countedBetween(allowance, from, to, calendar).map((interval) => {
    const length = lengthWords(interval.to - interval.from).padStart(7);
    const line = `  ${clock(interval.from)} – ${clock(interval.to)} ${length}  ${whyOf(interval)}`;
    return interval.counted ? line : dim(line);
  });
}

function whyOf({ counted, day }: Interval): string {
  if (day === null) return 'paused, closed';
  if (!counted) return 'paused, the day of arrival does not count';
  return `counted, ${day.kind}${day.shortened ? ' with hours of its own' : ''}`;
}
