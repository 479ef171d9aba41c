// What an admin is told about levels and calendars that can't be.

import { expect, test } from '@jest/globals';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { pathText, problemsOf } from '../../src/config/problems.ts';
import { configSchema } from '../../src/config/schema.ts';

const DESK = { name: 'Desk', address: 'support@desk.example' };

function problems(values: object): readonly string[] {
  const config = { desk: DESK, ...values };
  const checked = configSchema.safeParse(config);
  const found = checked.success ? [] : problemsOf(checked.error.issues, config, configJsonSchema());
  return found.map(({ path, text }) => `${pathText(path)}: ${text}`);
}

const support = (values: object) => ({ calendars: { support: values } });
const year = (values: object) => support({ years: { 2027: values } });

test('a whole calendar is taken', () => {
  const whole = {
    levels: { free: { days: 2 }, partner: { hours: 0.5, calendar: 'night' } },
    calendars: {
      support: { weekdays: '08:00-13:00, 14:00-24:00', years: { 2027: { shortened: { '2027-12-31': 'closed' } } } },
      night: { timeZone: 'Asia/Yekaterinburg', weekdays: '00:00-06:00', daysOff: 'closed', holidays: 'none' },
    },
  };
  expect(problems(whole)).toEqual([]);
});

test.each<[string, object, RegExp]>([
  [
    'hours that are none',
    support({ weekdays: '8-20' }),
    /^calendars\.support\.weekdays: found "8-20"; allowed: hours like 08:00-20:00/,
  ],
  [
    'hours backwards',
    support({ daysOff: '18:00-09:00' }),
    /^calendars\.support\.daysOff: found .*each time later than the one before/,
  ],
  ['hours that overlap', support({ weekdays: '08:00-14:00, 13:00-20:00' }), /each time later than the one before/],
  [
    'a calendar that is always closed',
    support({ weekdays: 'closed', daysOff: 'closed' }),
    /^calendars\.support: nobody ever works/,
  ],
  [
    'a date that is none',
    year({ holidays: ['2027-02-30'] }),
    /^calendars\.support\.years\.2027\.holidays\[0\]: found "2027-02-30"; allowed: a date like/,
  ],
  [
    'a date of another year',
    year({ holidays: ['2026-02-20'] }),
    /holidays\[0\]: 2026-02-20 is no date of 2027; put it under its own year/,
  ],
  [
    'rest moved from another year',
    year({ moved: [{ from: '2028-01-01', to: '2027-12-31' }] }),
    /moved\[0\]\.from: 2028-01-01 is no date of 2027/,
  ],
  [
    'hours of a day of another year',
    year({ shortened: { '2026-12-31': '08:00-15:00' } }),
    /2026-12-31 is no date of 2027/,
  ],
  [
    'a closure that ends before it begins',
    year({ closures: [{ from: '2027-05-02T12:00', to: '2027-05-02T09:00' }] }),
    /closures\[0\]\.to: the closure ends before it begins/,
  ],
  [
    'a closure of no length',
    year({ closures: [{ from: '2027-05-02T12:00', to: '2027-05-02T12:00' }] }),
    /the closure ends before it begins/,
  ],
  [
    'a year that is none',
    support({ years: { next: {} } }),
    /^calendars\.support\.years\.next: is not what may stand here; allowed: a year like 2027/,
  ],
  [
    'a level by a calendar that is not there',
    { levels: { free: { hours: 8, calendar: 'nigth' } } },
    /^calendars: there is no calendar nigth, by which the time of free is counted/,
  ],
  [
    'calendars without the one that levels take',
    { calendars: { other: {} } },
    /there is no calendar support, by which the time of free/,
  ],
  [
    'a level of no time',
    { levels: { partner: { hours: 0 } } },
    /^levels\.partner\.hours: found 0; allowed: a number above 0/,
  ],
  ['half a day', { levels: { development: { days: 0.5 } } }, /^levels\.development\.days: found 0\.5/],
])('%s is told', (_what, values, says) => {
  expect(problems(values)[0]).toMatch(says);
});

test('a closure from one date to the same is that whole day', () => {
  expect(problems(year({ closures: [{ from: '2027-05-02', to: '2027-05-02' }] }))).toEqual([]);
});
