// kvitok check: whether the days off of the year are known, and in December of the next.

import { expect, test } from '@jest/globals';
import { checkCalendars } from '../../src/admin/check-calendar.ts';
import { findingLine } from '../../src/admin/findings.ts';
import { type Config, configSchema } from '../../src/config/schema.ts';

function found(now: string, calendars?: object): string {
  const config: Config = configSchema.parse({ desk: { name: 'Desk', address: 'support@desk.example' }, calendars });
  return checkCalendars(config, Date.parse(now))
    .map((finding) => findingLine(finding, false))
    .join('\n');
}

const DECREE = { moved: [{ from: '2027-01-02', to: '2027-12-31' }] };

test('before December nobody is told of a next year that is not decreed', () => {
  expect(found('2026-11-30T20:59:59Z')).toBe(
    'ok       calendar support: the days off of 2026 are decreed, Europe/Moscow',
  );
});

test('from December on, by the clocks of the calendar, a provisional next year is warned of, with the cure', () => {
  expect(found('2026-11-30T21:00:00Z')).toBe(
    "warning  calendar support: 2027 is provisional: no decree is in it yet; upgrade kvitok, or put the decree's days into calendars.support.years.2027",
  );
});

test('a decree in the configuration ends the warning', () => {
  expect(found('2026-12-31T12:00:00Z', { support: { years: { 2027: DECREE } } })).toMatch(
    /^ok .*2026 and 2027 are decreed/,
  );
});

test('in December of a year whose next is missing both are told', () => {
  expect(found('2027-12-01T12:00:00Z').split('\n')).toEqual([
    expect.stringMatching(/^warning {2}calendar support: 2027 is provisional/),
    expect.stringMatching(/^warning {2}calendar support: nothing is known of 2028 but the law's own holidays; upgrade/),
  ]);
});

test('each calendar has its line, and one without holidays of a country needs none', () => {
  const calendars = { support: {}, always: { holidays: 'none', weekdays: '00:00-24:00', daysOff: '00:00-24:00' } };
  expect(found('2026-12-05T12:00:00Z', calendars).split('\n')).toEqual([
    expect.stringMatching(/^warning {2}calendar support: 2027/),
    expect.stringMatching(/^ok {7}calendar always/),
  ]);
});
