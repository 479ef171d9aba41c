// What time alone brings: the night that removes old letters by itself, and the look that takes an alarm back.

import { expect, test } from '@jest/globals';
import { type ClockDeps, clocksOf } from '../../src/clocks/clocks.ts';
import { setState } from '../../src/store/set-ticket.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../support/condition.ts';
import { withDesk } from '../support/desk.ts';
import { rememberingLog } from '../support/store.ts';

/** A night every second, so that no test waits for one. */
const PACE = { night: '* * * * * *', look: 5, deadlines: 5 };
const deadlines = async () => {};
const ROOM = { refusal: () => null };
const rules = { rawDays: 30, quarantineDays: null, automaticDays: null };

function clocks(store: Store, change: Partial<ClockDeps> = {}) {
  const log = rememberingLog();
  const deps = {
    store,
    space: ROOM,
    rules,
    deadlines,
    timeZone: 'Europe/Moscow',
    log,
    now: Date.now,
    digest: null,
    reports: null,
    pace: PACE,
  };
  return { log, clocks: clocksOf({ ...deps, ...change }) };
}

test('at night the letters of tickets long at rest lose their bytes, and one line says how many', () =>
  withDesk(async ({ hand, workOff, store }) => {
    await hand({ messageId: '1@c' }, { messageId: '2@c', text: 'open\n' });
    await workOff();
    await setState(store.db, 1000, 'resolved', 0);
    const { log, clocks: running } = clocks(store);
    running.start();
    await until(() => store.spool.raw(1) === null, 5_000, 'the bytes of the old letter are removed');
    await until(() => log.lines.length > 0, 5_000, 'the night is told');
    await running.stop();
    expect(store.spool.raw(2)).not.toBeNull();
    expect(log.lines).toMatchObject([{ level: 'info', fields: { event: 'retention', letters: 1 } }]);
  }));

test('a night that fails is a line, and the daemon goes on', () =>
  withDesk(async ({ store }) => {
    const now = () => {
      throw new Error('no clock');
    };
    const { log, clocks: running } = clocks(store, { now });
    running.start();
    await until(() => log.lines.length > 0, 5_000, 'the failure is told');
    await running.stop();
    expect(log.lines[0]).toMatchObject({ level: 'error', fields: { event: 'retention', error: 'no clock' } });
  }));

test('the disk is looked at also when no letter comes, until the daemon stops', () =>
  withDesk(async ({ store }) => {
    let looks = 0;
    const refusal = () => {
      looks++;
      return null;
    };
    const { clocks: running } = clocks(store, { space: { refusal } });
    running.start();
    await until(() => looks > 2, 5_000, 'the disk was looked at');
    await running.stop();
    const after = looks;
    await new Promise((resolve) => setImmediate(resolve));
    expect(looks).toBe(after);
  }));

test('deadlines are looked at again and again; a look that fails is told once, and the next one makes up for it', () =>
  withDesk(async ({ store }) => {
    let looks = 0;
    const failing = async () => {
      if (++looks < 4) throw new Error('locked');
    };
    const { log, clocks: running } = clocks(store, { deadlines: failing });
    running.start();
    const heard = () => log.lines.filter(({ level }) => level !== 'debug');
    await until(() => heard().length > 1, 5_000, 'the trouble is over');
    await running.stop();
    expect(heard().map(({ level, message }) => [level, message])).toEqual([
      ['error', 'deadlines could not be told, trying again'],
      ['info', 'deadlines are told again'],
    ]);
  }));

test.each([
  ['at nine', '2026-03-02T09:00:00+03:00', 1],
  ['in the afternoon', '2026-03-02T14:00:00+03:00', 0],
  ['before the time', '2026-03-02T08:00:00+03:00', 0],
])('a daemon that starts %s on its own makes up for the digest of half past eight, or does not', (_when, at, told) =>
  withDesk(async ({ store }) => {
    const asked: number[] = [];
    const queue = async (now: number) => asked.push(now);
    const { clocks: running } = clocks(store, { digest: { at: '08:30', queue }, now: () => Date.parse(at) });
    running.start();
    await running.stop();
    expect(asked).toEqual(told === 1 ? [Date.parse(at)] : []);
  }),
);
