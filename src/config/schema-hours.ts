// Of the configuration: how long each level may take to react, and the calendars by which that is counted (§3 of the
// regulation). The defaults are the regulation's.

import { z } from 'zod';
import { timeZone } from './schema-values.ts';

const TIME = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)';
const SPAN = `${TIME}-${TIME}`;
const HOURS = 'hours like 08:00-20:00, with a break 08:00-13:00, 14:00-20:00, or closed';
const hours = z
  .string()
  .regex(new RegExp(`^(?:closed|${SPAN}(?:, ?${SPAN})*)$`), { error: HOURS, abort: true })
  .refine(inOrder, `${HOURS}; each time later than the one before it`);

/** `08:00-13:00, 14:00-20:00`: every time is later than the one before. */
function inOrder(words: string): boolean {
  const times = words.match(/\d\d:\d\d/g) ?? [];
  return times.every((time, index) => index === 0 || time > times[index - 1]!);
}

const date = z.iso.date('a date like 2026-11-04');
const moment = z.union(
  [z.iso.date(), z.iso.datetime({ local: true })],
  'a date like 2026-11-04, or a date and time like 2026-11-04T12:00',
);

const year = z.strictObject({
  state: z
    .enum(['decreed', 'provisional'])
    .optional()
    .describe('provisional: not decreed yet; a year with days off of yours is taken for decreed'),
  holidays: z.array(date).optional().describe('dates that are days off, in the place of those that kvitok knows'),
  moved: z
    .array(
      z.strictObject({
        from: date.describe('the day whose rest is moved: a working day then, unless it is a holiday'),
        to: date.describe('the day off'),
      }),
    )
    .optional()
    .describe('rest that is moved, as the decree words it, in the place of what kvitok knows'),
  shortened: z.record(date, hours).optional().describe('dates with hours of their own'),
  closures: z
    .array(
      z.strictObject({
        from: moment.describe('beginning: a date, or a date and time on the clocks of the calendar'),
        to: moment.describe('end: a date, which is included, or a date and time'),
      }),
    )
    .optional()
    .describe('when nobody works although the hours say so'),
});

const calendar = z.strictObject({
  timeZone: timeZone.optional().describe('on whose clocks the hours are; left out: desk.timeZone'),
  weekdays: hours.default('08:00-20:00').describe('hours of Monday to Friday'),
  daysOff: hours.default('09:00-18:00').describe('hours of Saturday, Sunday and holidays'),
  holidays: z
    .enum(['russia', 'none'])
    .default('russia')
    .describe('whose public holidays kvitok knows by itself; none: only those under years'),
  years: z
    .record(z.string().regex(/^\d{4}$/, 'a year like 2027'), year)
    .default({})
    .describe('what is to be known of a year beyond that'),
});

const name = z.string().regex(/^[a-z0-9-]{1,40}$/, 'a short name of a-z, 0-9 and -');

export const calendars = z
  .record(name, calendar)
  .prefault({ support: {} })
  .describe('calendars by name: the hours of the desk on every date');

const counted = { calendar: name.default('support').describe('the calendar by which the time is counted') };
const most = 10_000;

const level = (text: string, allowed: { readonly hours: number } | { readonly days: number }) =>
  z
    .union([
      z.strictObject({ hours: z.number().positive().max(most).describe('working hours'), ...counted }),
      z.strictObject({ days: z.int().min(1).max(most).describe('working days'), ...counted }),
    ])
    .prefault(allowed)
    .describe(text);

export const levels = z
  .strictObject({
    free: level('users of the current version', { hours: 24 }),
    partner: level('partners', { hours: 3 }),
    development: level('what was handed to the development department', { days: 24 }),
    consulting: level('what support does not cover, and outdated versions', { hours: 40 }),
  })
  .prefault({})
  .describe('the longest time until the desk answers, by level of service');

export const deadlines = z
  .strictObject({
    warnAtPercent: z
      .number()
      .positive()
      .max(100)
      .default(75)
      .describe(
        'after so much of the working time the assignee and the leads are warned; 100: only of what was missed',
      ),
  })
  .prefault({})
  .describe('when the desk is told that an answer is due');

/** Levels and calendars as they are where nothing is configured. */
export const hoursByDefault = () => ({
  levels: levels.parse({}),
  calendars: calendars.parse({ support: {} }),
  deadlines: deadlines.parse({}),
});
