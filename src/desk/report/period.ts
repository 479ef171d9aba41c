// The period of a report: dates of the desk's zone, both in it. Pure.

import { DateTime } from 'luxon';

export interface ReportPeriod {
  /** `2026-11-01`. */
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds; `end` is no longer in it. */
  readonly start: number;
  readonly end: number;
  readonly days: readonly string[];
}

const MOST_DAYS = 3700;

/** Makes a period of two dates, as `2026-11-01` or `01.11.2026`. Gives what is wrong with them instead, in words. */
export function periodOf(from: string, to: string, timeZone: string): ReportPeriod | { readonly problem: string } {
  const first = dateIn(from, timeZone);
  const last = dateIn(to, timeZone);
  if (!first) return { problem: `${from} is no date; write it as 2026-11-01 or 01.11.2026` };
  if (!last) return { problem: `${to} is no date; write it as 2026-11-30 or 30.11.2026` };
  if (last < first) return { problem: `${to} is before ${from}` };
  const end = last.plus({ days: 1 });
  const days: string[] = [];
  for (let day = first; day < end && days.length <= MOST_DAYS; day = day.plus({ days: 1 })) days.push(day.toISODate()!);
  if (days.length > MOST_DAYS) return { problem: 'that is longer than ten years' };
  return { from: days[0]!, to: days.at(-1)!, start: first.toMillis(), end: end.toMillis(), days };
}

/** The whole month before the one of a moment. */
export function monthBefore(now: number, timeZone: string): { readonly from: string; readonly to: string } {
  const month = DateTime.fromMillis(now, { zone: timeZone }).startOf('month').minus({ months: 1 });
  return { from: month.toISODate()!, to: month.endOf('month').toISODate()! };
}

/** The date of a moment. */
export const dateAt = (at: number, timeZone: string): string =>
  DateTime.fromMillis(at, { zone: timeZone }).toISODate()!;

function dateIn(text: string, zone: string): DateTime | null {
  for (const format of ['yyyy-MM-dd', 'dd.MM.yyyy']) {
    const date = DateTime.fromFormat(text.trim(), format, { zone });
    if (date.isValid) return date.startOf('day');
  }
  return null;
}
