// When a mailbox is polled, also in the hour that a clock is set back: the timer beside the schedule must know its pauses.

import { expect, test } from '@jest/globals';
import { longestPause, pollAt } from '../../../src/sources/imap/poll.ts';
import { until } from '../../support/condition.ts';

const MINUTE = 60_000;

test.each([
  ['*/2 * * * *', 2 * MINUTE],
  ['* * * * *', MINUTE],
  ['* * * * * *', 1_000],
  ['*/30 * * * * *', 30_000],
  ['0 */5 * * * *', 5 * MINUTE],
  ['15 * * * *', 60 * MINUTE],
  ['5,35 * * * *', 60 * MINUTE],
  ['30 0 * * * *', 60 * MINUTE],
])('%s leaves a mailbox alone for %d ms at the most', (expression, ms) => {
  expect(longestPause(expression)).toBe(ms);
});

test.each(['0 3 * * *', '*/5 8-20 * * *', '0 0 1 1 *', '* * * * 1-5'])(
  '%s has hours or days without a poll',
  (expression) => {
    expect(longestPause(expression)).toBeNull();
  },
);

test('a mailbox is polled second by second, whatever hour the clock shows', async () => {
  let polls = 0;
  const poll = pollAt('* * * * * *', () => polls++);
  poll.start();
  try {
    await until(() => polls >= 2, 10_000, 'two polls');
  } finally {
    await poll.stop();
  }
});
