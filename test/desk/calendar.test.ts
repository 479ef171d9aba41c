// Which day is what: holidays, rest that is moved, hours of single days, closures, and what is known of a year.

import { describe, expect, test } from '@jest/globals';
import type { Calendar } from '../../src/desk/calendar.ts';
import { byTheCode, RUSSIA } from '../../src/desk/calendar-russia.ts';
import { calendarWith, SUPPORT } from '../support/timetable.ts';

const dayOf = (calendar: Calendar, date: string) => calendar.day(Date.parse(date) / 86_400_000);
const kindOf = (calendar: Calendar, date: string) => dayOf(calendar, date).kind;

/** The hours of a date as the clocks show them. */
function hoursOf(calendar: Calendar, date: string): readonly string[] {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'short', timeZone: calendar.timeZone });
  return dayOf(calendar, date).spans.map(({ from, to }) => `${clock.format(from)}-${clock.format(to)}`);
}

describe('in Russia', () => {
  test.each([
    ['2026-01-03', 'holiday'],
    ['2026-01-09', 'moved day off'],
    ['2026-02-23', 'holiday'],
    ['2026-03-08', 'holiday'],
    ['2026-03-09', 'moved day off'],
    ['2026-05-09', 'holiday'],
    ['2026-05-11', 'moved day off'],
    ['2026-05-12', 'weekday'],
    ['2026-11-04', 'holiday'],
    ['2026-12-31', 'moved day off'],
    ['2027-01-08', 'holiday'],
    ['2027-01-09', 'weekend'],
    ['2027-05-10', 'moved day off'],
    ['2027-06-14', 'moved day off'],
    ['2027-12-31', 'weekday'],
    ['2031-06-12', 'holiday'],
  ])('%s is a %s', (date, kind) => expect(kindOf(SUPPORT, date)).toBe(kind));

  test('what is shipped for 2027 is what the Labour Code says, and a decree of 2026 only adds to it', () => {
    expect(byTheCode(2027)).toEqual(RUSSIA[2027]);
    expect(RUSSIA[2026]?.moved).toEqual(expect.arrayContaining([...(byTheCode(2026).moved ?? [])]));
  });

  test('a holiday on a Sunday moves past a Monday that is taken', () => {
    // 2033: 1 May is a Sunday; 8 January is a Saturday, which only a decree moves
    expect(byTheCode(2033).moved).toEqual([
      { from: '2033-05-01', to: '2033-05-02' },
      { from: '2033-06-12', to: '2033-06-13' },
    ]);
  });

  test('2026 is decreed, 2027 is not yet, of 2028 nobody has said anything', () => {
    expect([2026, 2027, 2028].map((year) => SUPPORT.yearState(year))).toEqual(['decreed', 'provisional', 'missing']);
  });
});

describe('a year of the configuration', () => {
  const decree = calendarWith({
    holidays: 'russia',
    years: {
      2027: {
        moved: [
          { from: '2027-01-02', to: '2027-12-31' },
          { from: '2027-02-20', to: '2027-02-22' },
        ],
      },
      2028: { state: 'provisional', closures: [{ from: '2028-02-29', to: '2028-02-29' }] },
    },
  });

  test('takes the place of what is shipped, in the parts that it gives', () => {
    expect(kindOf(decree, '2027-12-31')).toBe('moved day off');
    expect(kindOf(decree, '2027-06-14')).toBe('weekday');
    expect(kindOf(decree, '2027-06-12')).toBe('holiday');
    expect([2027, 2028].map((year) => decree.yearState(year))).toEqual(['decreed', 'provisional']);
  });

  test('makes a Saturday whose rest is moved a working day, and leaves a holiday one', () => {
    expect(kindOf(decree, '2027-02-20')).toBe('moved working day');
    expect(hoursOf(decree, '2027-02-20')).toEqual(['08:00-20:00']);
    expect(kindOf(decree, '2027-02-22')).toBe('moved day off');
    expect(kindOf(decree, '2027-01-02')).toBe('holiday');
  });

  test('with closures alone keeps the holidays that are known', () => {
    const closed = calendarWith({
      holidays: 'russia',
      years: { 2026: { closures: [{ from: '2026-11-25T12:00', to: '2026-11-25T13:30' }] } },
    });
    expect(kindOf(closed, '2026-11-04')).toBe('holiday');
    expect(closed.yearState(2026)).toBe('decreed');
    expect(hoursOf(closed, '2026-11-25')).toEqual(['08:00-12:00', '13:30-20:00']);
  });

  test('may move rest into the next year', () => {
    const moved = calendarWith({ years: { 2026: { moved: [{ from: '2026-12-26', to: '2027-01-11' }] } } });
    expect([kindOf(moved, '2026-12-26'), kindOf(moved, '2027-01-11')]).toEqual(['moved working day', 'moved day off']);
  });
});

describe('single days', () => {
  const calendar = calendarWith({
    years: {
      2026: {
        shortened: { '2026-12-30': '08:00-15:00', '2026-12-29': 'closed' },
        closures: [{ from: '2026-11-25T19:00', to: '2026-11-27' }],
      },
    },
  });

  test('have hours of their own, or none', () => {
    expect(dayOf(calendar, '2026-12-30')).toMatchObject({ shortened: true, kind: 'weekday' });
    expect(hoursOf(calendar, '2026-12-30')).toEqual(['08:00-15:00']);
    expect(hoursOf(calendar, '2026-12-29')).toEqual([]);
  });

  test('are closed from a moment to the end of a date', () => {
    expect(['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'].map((date) => hoursOf(calendar, date))).toEqual([
      ['08:00-19:00'],
      [],
      [],
      ['09:00-18:00'],
    ]);
  });
});

test('the change of clocks makes a night an hour shorter or longer, and a skipped time is no working time', () => {
  const night = calendarWith({ timeZone: 'Europe/Berlin', daysOff: '00:00-06:00' });
  const length = (date: string) =>
    dayOf(night, date).spans.reduce((sum, { from, to }) => sum + to - from, 0) / 3_600_000;
  expect([length('2026-03-28'), length('2026-03-29'), length('2026-10-25')]).toEqual([6, 5, 7]);
  const skipped = calendarWith({ timeZone: 'Europe/Berlin', daysOff: '02:00-03:00' });
  expect(dayOf(skipped, '2026-03-29').spans).toEqual([]);
  // New Zealand's Chatham Islands, at UTC+12:45 and +13:45
  const far = calendarWith({ timeZone: 'Pacific/Chatham', daysOff: '08:00-09:00' });
  expect(dayOf(far, '2026-01-03').spans[0]!.from).toBe(Date.parse('2026-01-03T08:00:00+13:45'));
});

test('a calendar by which nobody ever works is none', () => {
  expect(() => calendarWith({ weekdays: 'closed', daysOff: 'closed' })).toThrow(/no working hours/);
});
