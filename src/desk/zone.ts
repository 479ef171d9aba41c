// Clocks of a time zone: which date an instant has, and at which instants the clocks of a date show certain hours. An hour
// that summer time skips is never there, one that it repeats is there twice. Instants and lengths are milliseconds.

import { IANAZone } from 'luxon';
import { remembered } from './remembered.ts';

/** Part of time; `to` is no longer in it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time zone of the IANA database, with its rules. */
export const zoneOf = (name: string): IANAZone => IANAZone.create(name);

/** The date that clocks show at an instant, in days since 1 January 1970. */
export const dayAt = (at: number, zone: IANAZone): number => Math.floor((at + offsetAt(at, zone) * MINUTE) / DAY);

/** Minutes by zone and UTC day, null where clocks are changed on it: to ask the zone takes longer than all that is counted with it. */
const offsets = new WeakMap<IANAZone, Map<number, number | null>>();

function offsetAt(at: number, zone: IANAZone): number {
  const days = remembered(offsets, zone, () => new Map<number, number | null>());
  const day = Math.floor(at / DAY);
  const steady = remembered(days, day, () => {
    const offset = zone.offset(day * DAY);
    return zone.offset((day + 1) * DAY) === offset ? offset : null;
  });
  return steady ?? zone.offset(at);
}

/** `2026-11-04` of a day's number. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * When the clocks of a day show a time within the hours. Takes the day's number, the hours as milliseconds of the day, in
 * order and apart, and the zone; gives instants, in order and apart.
 */
export function spansOf(day: number, hours: readonly Span[], zone: IANAZone): readonly Span[] {
  const midnight = day * DAY;
  // no clock on earth is further from UTC than this
  const spans = steadySpans({ from: midnight - 14 * HOUR, to: midnight + DAY + 12 * HOUR }, zone).flatMap((steady) => {
    const start = midnight - zone.offset(steady.from) * MINUTE;
    return hours.map(({ from, to }) => common(steady, { from: start + from, to: start + to }));
  });
  return joined(spans.filter(({ from, to }) => from < to));
}

/** What two spans have in common; where nothing, one that ends before it begins. */
export const common = (a: Span, b: Span): Span => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) });

/** A span of a few days cut at the moment when clocks are changed, if there is one. */
function steadySpans(span: Span, zone: IANAZone): readonly Span[] {
  const before = zone.offset(span.from);
  if (zone.offset(span.to) === before) return [span];
  let [still, changed] = [span.from, span.to];
  while (changed - still > 1) {
    const middle = Math.floor((still + changed) / 2);
    if (zone.offset(middle) === before) still = middle;
    else changed = middle;
  }
  return [
    { from: span.from, to: changed },
    { from: changed, to: span.to },
  ];
}

/** Spans that touch become one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const done: Span[] = [];
  for (const span of spans) {
    const last = done.at(-1);
    if (last?.to === span.from) done[done.length - 1] = { from: last.from, to: span.to };
    else done.push(span);
  }
  return done;
}
