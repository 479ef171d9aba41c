// Whom an admin is told what: each trouble once, its end once, however often it comes, goes, or kvitok is started again.

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CAUSES, type Cause, type Trouble, worthTelling } from '../../src/alarms/causes.ts';
import { planTellings, type Told } from '../../src/alarms/plan.ts';

const MINUTE = 60_000;
const PAUSES = { pauseMs: 60 * MINUTE, calmMs: 2 * MINUTE };

const trouble = (cause: Cause, change: Partial<Trouble> = {}): Trouble => ({
  cause,
  subject: '',
  since: 0,
  level: 0,
  error: '',
  facts: {},
  ...change,
});

/** An admin who lives through a history: at each minute what is wrong then; gives what arrived, and when. */
function lettersOf(history: (minute: number) => readonly Trouble[], minutes: number, restarts: readonly number[] = []) {
  let told: readonly Told[] = [];
  let seen = new Map<string, number>();
  let startedAt = 0;
  const letters: string[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    const now = minute * MINUTE;
    if (restarts.includes(minute)) {
      seen = new Map();
      startedAt = now;
    }
    const there = history(minute);
    for (const one of there) seen.set(one.cause + one.subject, now);
    for (const telling of planTellings(
      there,
      told,
      (one) => seen.get(one.cause + one.subject) ?? startedAt,
      now,
      PAUSES,
    )) {
      letters.push(`${minute} ${telling.kind} ${telling.remember.cause}`);
      const { cause, subject } = telling.remember;
      told = [...told.filter((one) => one.cause !== cause || one.subject !== subject), telling.remember];
    }
  }
  return letters;
}

describe('an admin hears', () => {
  test('of a trouble when it begins and when it has been over for a while, and of nothing in between', () => {
    const disk = (minute: number) => (minute >= 3 && minute < 500 ? [trouble('disk')] : []);
    expect(lettersOf(disk, 600)).toEqual(['3 begun disk', '501 over disk']);
  });

  test('of one that comes and goes all day at most once and of its end once within the pause', () => {
    const flaps = (minute: number) => (minute % 10 < 4 ? [trouble('smtp')] : []);
    const letters = lettersOf(flaps, 24 * 60);
    expect(letters.slice(0, 3)).toEqual(['0 begun smtp', '5 over smtp', '60 begun smtp']);
    expect(letters.length).toBeLessThanOrEqual(2 * 25);
  });

  test('of one that came back within the pause when the pause is over and it is still there', () => {
    const back = (minute: number) => (minute < 5 || minute >= 20 ? [trouble('smtp')] : []);
    expect(lettersOf(back, 200)).toEqual(['0 begun smtp', '6 over smtp', '60 begun smtp']);
  });

  test('nothing twice because kvitok was started again, though a part needs a moment to fail again', () => {
    const refused = (minute: number) => ([10, 20, 30].includes(minute) ? [] : [trouble('auth-failed')]);
    expect(lettersOf(refused, 60, [10, 20, 30])).toEqual(['0 begun auth-failed']);
  });

  test('of the end of what an earlier process told of', () => {
    const mended = (minute: number) => (minute < 10 ? [trouble('auth-failed')] : []);
    expect(lettersOf(mended, 60, [10])).toEqual(['0 begun auth-failed', '12 over auth-failed']);
  });

  test('that it got worse, some pauses later and not at each letter', () => {
    const grows = (minute: number) => [trouble('quarantine', { level: minute })];
    expect(lettersOf(grows, 12 * 60)).toEqual(['0 begun quarantine', '360 grown quarantine', '720 grown quarantine']);
  });

  test('of two mailboxes one by one', () => {
    const two = () => [trouble('unread', { subject: 'sales' }), trouble('unread', { subject: 'support' })];
    expect(lettersOf(two, 100)).toEqual(['0 begun unread', '0 begun unread']);
  });

  test('also when the clock was set back by years', () => {
    const told: Told = { cause: 'disk', subject: '', since: 9e12, level: 0, toldAt: 9e12, stands: false };
    expect(planTellings([trouble('disk')], [told], () => 0, 1e12, PAUSES)).toHaveLength(1);
  });
});

describe('what is not worth a letter', () => {
  const worth = (now: number, ...troubles: Trouble[]) => worthTelling(troubles, now).map(({ cause }) => cause);

  test('is a mail server that is back after a minute', () => {
    expect(worth(MINUTE, trouble('smtp'))).toEqual([]);
    expect(worth(5 * MINUTE, trouble('smtp'))).toEqual(['smtp']);
  });

  test('is what follows from something that is told: letters wait because no server takes them', () => {
    const hour = 60 * MINUTE;
    expect(worth(hour, trouble('smtp'), trouble('stuck'), trouble('outbox'), trouble('disk'))).toEqual([
      'smtp',
      'disk',
    ]);
    expect(worth(hour, trouble('stuck'))).toEqual(['stuck']);
  });

  test('is that the mailbox is not read into which the server lets nobody; another mailbox is', () => {
    const refused = trouble('auth-failed', { subject: 'support' });
    const unread = (subject: string) => trouble('unread', { subject });
    expect(worthTelling([refused, unread('support'), unread('sales')], 0)).toEqual([refused, unread('sales')]);
  });
});

test('every cause that is not found by looking is told by some part under its name', () => {
  const src = path.join(import.meta.dirname, '../../src');
  const telling = fs
    .readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('alarms'))
    .map((name) => fs.readFileSync(path.join(src, name), 'utf8'))
    .filter((text) => text.includes('toldOnce('));
  const told = (cause: string) => telling.some((text) => new RegExp(`toldOnce\\([^;]*'${cause}'`).test(text));
  const causes = Object.entries(CAUSES).filter(([, rules]) => rules.found !== true);
  expect(causes.map(([cause]) => cause).filter((cause) => !told(cause))).toEqual([]);
});
