// Deadlines of the regulation, moment by moment, and what lies between two moments.

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Level } from '../../src/desk/tickets.ts';
import { deadlineOf } from '../../src/desk/timetable.ts';
import {
  addWorkingTime,
  countedBetween,
  dueAt,
  intervalsBetween,
  isWorkingTime,
  workingTimeBetween,
} from '../../src/desk/working-time.ts';
import { cpuMs } from '../support/cpu.ts';
import { calendarWith, REGULATION, SUPPORT } from '../support/timetable.ts';

interface Case {
  readonly why: string;
  readonly level: Level;
  readonly arrived: string;
  readonly due: string;
}

const ROOT = path.join(import.meta.dirname, '../..');
/** Another table, counted by somebody else, is tried as well where it lies beside the project. */
const tables = [path.join(ROOT, 'fixtures/tables/working-time.json'), path.join(ROOT, '../shared/working-time.json')];
const cases = tables
  .filter((file) => fs.existsSync(file))
  .flatMap((file) => (JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: readonly Case[] }).cases);

const at = (text: string) => Date.parse(text);
const HOUR = 3_600_000;

test.each(cases.map((each) => [each.level, each.arrived, each.why, each.due] as const))(
  'a %s letter of %s (%s) is due at %s',
  (level, arrived, _why, due) => {
    expect(deadlineOf(REGULATION.levels[level], at(arrived))).toBe(at(due));
  },
);

describe('the time between two moments', () => {
  test('is what the desk works of it', () => {
    const between = (from: string, to: string) => workingTimeBetween(at(from), at(to), SUPPORT) / HOUR;
    expect(between('2026-11-20T19:30+03:00', '2026-11-21T11:30+03:00')).toBe(3);
    expect(between('2026-11-16T00:00+03:00', '2026-11-23T00:00+03:00')).toBe(5 * 12 + 2 * 9);
    expect(between('2026-11-20T20:00+03:00', '2026-11-21T09:00+03:00')).toBe(0);
    expect(between('2026-11-21T11:30+03:00', '2026-11-20T19:30+03:00')).toBe(0);
  });

  test('falls into stretches that count, each of one day, and pauses, without a gap', () => {
    const stretches = intervalsBetween(at('2026-11-20T19:30+03:00'), at('2026-11-21T20:00+03:00'), SUPPORT);
    expect(stretches.map(({ from, to, counted, day }) => [from, to, counted, day?.kind])).toEqual([
      [at('2026-11-20T19:30+03:00'), at('2026-11-20T20:00+03:00'), true, 'weekday'],
      [at('2026-11-20T20:00+03:00'), at('2026-11-21T09:00+03:00'), false, undefined],
      [at('2026-11-21T09:00+03:00'), at('2026-11-21T18:00+03:00'), true, 'weekend'],
      [at('2026-11-21T18:00+03:00'), at('2026-11-21T20:00+03:00'), false, undefined],
    ]);
  });

  test('counts for development from the day after arrival', () => {
    const from = at('2026-11-02T10:00+03:00');
    const due = at('2026-11-26T20:00+03:00');
    const counted = countedBetween({ days: 24 }, from, due, SUPPORT).filter((each) => each.counted);
    expect(counted).toHaveLength(24);
    expect([counted[0]!.day?.date, counted.at(-1)!.day?.date]).toEqual(['2026-11-03', '2026-11-26']);
  });
});

test('the desk works from its opening to before its closing', () => {
  const works = (text: string) => isWorkingTime(at(text), SUPPORT);
  expect(
    ['2026-11-20T07:59:59+03:00', '2026-11-20T08:00+03:00', '2026-11-20T19:59:59+03:00', '2026-11-20T20:00+03:00'].map(
      works,
    ),
  ).toEqual([false, true, true, false]);
});

test('seconds of an arrival are kept', () => {
  const due = addWorkingTime(at('2026-11-20T19:59:58.500+03:00'), 3 * HOUR, SUPPORT);
  expect(due).toBe(at('2026-11-21T11:59:58.500+03:00'));
});

test('a day on which nobody works is no working day', () => {
  const office = calendarWith({ daysOff: 'closed' });
  expect(dueAt({ days: 5 }, at('2026-11-20T12:00+03:00'), office)).toBe(at('2026-11-27T20:00+03:00'));
  expect(dueAt({ days: 1 }, at('2026-11-21T12:00+03:00'), office)).toBe(at('2026-11-23T20:00+03:00'));
});

test('a deadline weeks away takes microseconds, for thousands are counted anew when a calendar changes', () => {
  const levels = Object.values(REGULATION.levels);
  const count = (times: number) => {
    const before = cpuMs();
    for (let n = 0; n < times; n++)
      deadlineOf(levels[n % levels.length]!, at('2026-01-01T00:00Z') + (n % 700) * 25 * HOUR);
    return ((cpuMs() - before) / times) * 1000;
  };
  count(5000);
  expect(count(20_000)).toBeLessThan(50);
});
