// Working time: how much of it lies between two moments, and when so much of it is over (§1, §3.1, §3.2 of the regulation).
// Moments are epoch milliseconds; the calendar knows its hours and its time zone.

import type { Calendar, Day } from './calendar.ts';
import { common, HOUR, type Span } from './zone.ts';

/** Longest reaction time, in working hours or working days. */
export type Allowance = { readonly hours: number } | { readonly days: number };

/**
 * When a reaction is due that is allowed so much time. Hours run while the desk works, and end at closing where they are used
 * up exactly then; days are due at the close of the n-th working day after the day of arrival.
 */
export function dueAt(allowance: Allowance, from: number, calendar: Calendar): number {
  if ('hours' in allowance) return addWorkingTime(from, allowance.hours * HOUR, calendar);
  let number = calendar.dayAt(from);
  for (let left = allowance.days; ; ) {
    const { spans } = calendar.day(++number);
    if (spans.length > 0) left--;
    if (left <= 0) return spans.at(-1)?.to ?? from;
  }
}

/** The first moment by which so many milliseconds of working time have passed since `from`. */
export function addWorkingTime(from: number, milliseconds: number, calendar: Calendar): number {
  let left = milliseconds;
  for (let number = calendar.dayAt(from); ; number++) {
    for (const span of calendar.day(number).spans) {
      const start = Math.max(span.from, from);
      if (start >= span.to) continue;
      if (left <= span.to - start) return start + left;
      left -= span.to - start;
    }
  }
}

/** Milliseconds of working time between two moments; 0 where the second is not after the first. */
export function workingTimeBetween(from: number, to: number, calendar: Calendar): number {
  return workBetween(from, to, calendar).reduce((sum, work) => sum + (work.to - work.from), 0);
}

/** Whether the desk works at this moment. */
export const isWorkingTime = (at: number, calendar: Calendar): boolean => workBetween(at, at + 1, calendar).length > 0;

/** A stretch that counts, with its day, or one that does not. */
export interface Interval extends Span {
  readonly counted: boolean;
  /** The day that is worked on; null where nobody works. */
  readonly day: Day | null;
}

/** Time between two moments in stretches that touch: working time by day, and what lies between. */
export function intervalsBetween(from: number, to: number, calendar: Calendar): readonly Interval[] {
  const intervals: Interval[] = [];
  let until = from;
  const pauseTo = (end: number) => {
    if (until < end) intervals.push({ from: until, to: end, counted: false, day: null });
    until = Math.max(until, end);
  };
  for (const work of workBetween(from, to, calendar)) {
    pauseTo(work.from);
    intervals.push({ ...work, counted: true });
    until = work.to;
  }
  pauseTo(to);
  return intervals;
}

/**
 * Time between the arrival of a letter and a later moment as its allowance counts it: the day of arrival is none of the
 * working days.
 */
export function countedBetween(
  allowance: Allowance,
  from: number,
  to: number,
  calendar: Calendar,
): readonly Interval[] {
  const intervals = intervalsBetween(from, to, calendar);
  if ('hours' in allowance) return intervals;
  const arrival = calendar.dayAt(from);
  return intervals.map((each) => (each.day?.number === arrival ? { ...each, counted: false } : each));
}

function workBetween(from: number, to: number, calendar: Calendar): readonly (Span & { readonly day: Day })[] {
  if (to <= from) return [];
  const work: (Span & { readonly day: Day })[] = [];
  const last = calendar.dayAt(to);
  for (let number = calendar.dayAt(from); number <= last; number++) {
    const day = calendar.day(number);
    for (const span of day.spans) {
      const part = common(span, { from, to });
      if (part.from < part.to) work.push({ ...part, day });
    }
  }
  return work;
}
