// kvitok sla due: until when the desk must answer, for any moment, with nothing set up.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commandLine, type Desk, freshDesk } from './desk.ts';

const FRIDAY = ['sla', 'due', '--level', 'partner', '--at', '2026-11-20T19:30+03:00'];

describe('with no configuration', () => {
  // the tests' own folder holds none
  test('it is counted by the regulation, stretch by stretch', async () => {
    const { code, stdout } = await commandLine(FRIDAY);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'partner, 3 working hours, by the calendar support (Europe/Moscow)',
        '  Fri 2026-11-20 19:30 – Fri 2026-11-20 20:00    0:30  counted, weekday',
        '  Fri 2026-11-20 20:00 – Sat 2026-11-21 09:00   13:00  paused, closed',
        '  Sat 2026-11-21 09:00 – Sat 2026-11-21 11:30    2:30  counted, weekend',
        'due 2026-11-21T11:30:00+03:00',
        '',
      ].join('\n'),
    );
  });

  test('scripts get JSON', async () => {
    const { stdout } = await commandLine([...FRIDAY, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'partner',
      hours: 3,
      calendar: 'support',
      timeZone: 'Europe/Moscow',
      at: '2026-11-20T19:30:00+03:00',
      due: '2026-11-21T11:30:00+03:00',
      intervals: [{ counted: true }, { counted: false, from: '2026-11-20T20:00:00+03:00' }, { counted: true }],
    });
  });

  test('development is counted in days, of which that of arrival is none', async () => {
    const at = ['--at', '2026-11-02T10:00:00+03:00'];
    const { stdout } = await commandLine(['sla', 'due', '--level', 'development', ...at]);
    expect(stdout).toMatch(/^development, 24 working days, /);
    expect(stdout).toContain('Mon 2026-11-02 10:00 – Mon 2026-11-02 20:00   10:00  paused, the day of arrival');
    expect(stdout).toContain('counted, holiday\n');
    expect(stdout.match(/counted,/g)).toHaveLength(24);
    expect(stdout).toMatch(/due 2026-11-26T20:00:00\+03:00\n$/);
  });

  test.each(['2026-11-20T19:30', '2026-11-20 19:30', '2026-11-20T16:30Z', '2026-11-20T17:30:00.000+01:00'])(
    'a moment may be written %s; without a zone it is of the calendar',
    async (at) => {
      const { stdout } = await commandLine(['sla', 'due', '--level', 'partner', '--at', at, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ due: '2026-11-21T11:30:00+03:00' });
    },
  );

  test.each([
    { args: ['--level', 'gold'], says: /Allowed choices are free, partner, development, consulting/ },
    { args: ['--level', 'free', '--at', 'tomorrow'], says: /--at takes a moment like .*, not tomorrow/ },
    { args: ['--level', 'free', '--at', '2026-02-30'], says: /--at takes a moment like .*, not 2026-02-30/ },
    { args: ['--level', 'free', '--calendar', 'x'], says: /there is no calendar x; there are: support/ },
  ])('$args is told what would be right', async ({ args, says }) => {
    const { code, stdout, stderr } = await commandLine(['sla', 'due', ...args]);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('with a configuration', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = freshDesk({
      levels: { partner: { hours: 1.5, calendar: 'berlin' } },
      calendars: {
        support: { years: { 2026: { shortened: { '2026-11-20': '08:00-15:00' } } } },
        berlin: { timeZone: 'Europe/Berlin', weekdays: '09:00-17:00', daysOff: 'closed', holidays: 'none' },
      },
    });
  });
  afterEach(() => desk.remove());

  test('a level has its own time and its own calendar', async () => {
    expect((await desk.run(...FRIDAY)).stdout).toMatch(
      /^partner, 1.5 working hours, by the calendar berlin \(Europe\/Berlin\)\n(.*\n)*due 2026-11-23T10:30:00\+01:00\n$/,
    );
  });

  test('any calendar can be asked', async () => {
    const { stdout } = await desk.run(...FRIDAY, '--calendar', 'support');
    expect(stdout).toMatch(/due 2026-11-21T10:30:00\+03:00\n$/);
  });
});

test('a configuration that is named and not there is an error', async () => {
  const { code, stderr } = await commandLine([...FRIDAY, '-c', '/nowhere/kvitok.json']);
  expect(code).toBe(78);
  expect(stderr).toContain('/nowhere/kvitok.json does not exist');
});

test.each(['10024', '#10024', '[#10024]'])(
  'who types a ticket straight behind sla (%s) is told the command he means',
  async (typed) => {
    expect(await commandLine(['sla', typed])).toMatchObject({
      code: 64,
      stderr: `kvitok sla: ${typed} is no command of it; did you mean kvitok sla explain 10024?\n`,
    });
  },
);
