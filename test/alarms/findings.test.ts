// What is wrong with a desk, by its numbers and by what its parts told.

import { expect, test } from '@jest/globals';
import { findTroubles, type Measures } from '../../src/alarms/findings.ts';
import type { NotedTrouble } from '../../src/config/troubles.ts';

const NOW = Date.parse('2026-12-01T12:00:00+03:00');
const MINUTE = 60_000;
const NONE = { letters: 0, oldest: null, newest: null, error: null };
const LIMITS = { unreadMs: 15 * MINUTE, stuckMs: 30 * MINUTE, failed: 10 };
const WELL: Measures = {
  startedAt: NOW - 100 * MINUTE,
  mailboxes: [{ name: 'support', lastPassAt: NOW - MINUTE, lastError: null }],
  standsStillSince: null,
  quarantine: NONE,
  setAside: { day: { letters: 50, aside: 9 }, before: { letters: 900, aside: 90 } },
  waiting: { letters: 3, oldest: NOW - MINUTE, newest: NOW, error: null },
  failed: { letters: 9, oldest: NOW - 50 * MINUTE, newest: NOW, error: '550' },
  uncomposed: NONE,
  unproven: { ...NONE, unasked: 0 },
  lost: 0,
  undecreed: [],
};

const found = (change: Partial<Measures>, noted: readonly NotedTrouble[] = []) =>
  findTroubles(noted, { ...WELL, ...change }, LIMITS, NOW).map(
    ({ cause, subject, since, error }) => `${cause} ${subject} ${(NOW - since) / MINUTE} ${error}`,
  );
const group = (letters: number, minutes: number) => ({
  letters,
  oldest: NOW - minutes * MINUTE,
  newest: NOW,
  error: 'why',
});

test('a desk on an ordinary day has no trouble, a few refused letters and all', () => {
  expect(found({})).toEqual([]);
});

test.each<[string, Partial<Measures>, string]>([
  [
    'a mailbox that was read a quarter of an hour ago',
    { mailboxes: [{ name: 'support', lastPassAt: NOW - 15 * MINUTE, lastError: 'timeout' }] },
    'unread support 15 timeout',
  ],
  [
    'a mailbox that was never read since the start',
    { mailboxes: [{ name: 'sales', lastPassAt: null, lastError: null }] },
    'unread sales 100 ',
  ],
  ['work that stands still', { standsStillSince: NOW - 11 * MINUTE }, 'standstill  11 '],
  ['a letter that was set aside', { quarantine: group(1, 5) }, 'quarantine  5 why'],
  [
    'three times as many letters set aside as usual',
    { setAside: { day: { letters: 50, aside: 15 }, before: { letters: 900, aside: 90 } } },
    'set-aside  0 ',
  ],
  ['a letter that has not left for half an hour', { waiting: group(2, 30) }, 'stuck  30 why'],
  ['ten refused letters within an hour', { failed: group(10, 40) }, 'failed  40 why'],
  ['a letter that could not be put together', { uncomposed: group(1, 3) }, 'uncomposed  3 why'],
  [
    'a letter in an operator’s name that nothing proves',
    { unproven: { ...group(1, 3), unasked: 0 } },
    'unproven  3 why',
  ],
  ['a count that does not come out', { lost: -1 }, 'lost  0 '],
  [
    'a year that nobody knows anything of',
    { undecreed: [{ calendar: 'russia', years: [{ year: 2028, state: 'missing' }] }] },
    'calendar russia 0 ',
  ],
  [
    'a year known by the law alone',
    { undecreed: [{ calendar: 'russia', years: [{ year: 2027, state: 'provisional' }] }] },
    'provisional russia 0 ',
  ],
])('%s is trouble', (_, change, trouble) => {
  expect(found(change)).toEqual([trouble]);
});

test('what a part told is trouble if it is a cause, with the mailbox it told it of', () => {
  const told = { error: 'no', since: NOW - MINUTE, fields: { letters: 4, host: 'imap.example' } };
  const noted = [
    { event: 'ledger-gap', subject: 'support', ...told },
    { event: 'something-new', subject: '', ...told },
  ];
  expect(found({}, noted)).toEqual(['ledger-gap support 1 no']);
  expect(findTroubles(noted, WELL, LIMITS, NOW)[0]?.facts).toEqual({ letters: 4 });
});
