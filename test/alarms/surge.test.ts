// When many letters are set aside: what is usual for a desk is no alarm there.

import { expect, test } from '@jest/globals';
import { isSurge, type Share } from '../../src/alarms/surge.ts';

const share = (aside: number, letters: number): Share => ({ aside, letters });

const DAYS: readonly (readonly [what: string, day: Share, before: Share, surge: boolean])[] = [
  ['a day without a letter', share(0, 0), share(0, 0), false],
  ['nine letters, all of them, on a desk that never had one', share(9, 9), share(0, 1000), false],
  ['ten letters on a desk that never had one', share(10, 500), share(0, 1000), true],
  ['ten letters on the first day of a desk', share(10, 40), share(0, 0), true],
  ['a day like all the others, with a third from robots', share(100, 300), share(1000, 3000), false],
  ['twice the usual share', share(40, 200), share(100, 1000), false],
  ['just under three times the usual share', share(59, 200), share(100, 1000), false],
  ['three times the usual share', share(60, 200), share(100, 1000), true],
  ['all of the letters, on a desk where one of ten is a robot’s', share(50, 50), share(100, 1000), true],
  ['all of the letters, on a desk where half of them are', share(50, 50), share(500, 1000), false],
  ['a busy day with the usual share', share(1000, 10_000), share(100, 1000), false],
];

test.each(DAYS)('%s', (_what, day, before, surge) => {
  expect(isSurge(day, before)).toBe(surge);
});
