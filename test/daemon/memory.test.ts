import { expect, test } from '@jest/globals';
import { sharesOf } from '../../src/daemon/memory.ts';

const MB = 1024 * 1024;
const shares = (memoryMegabytes: number, mailboxes: number) =>
  sharesOf({
    limits: { memoryMegabytes, letterMegabytes: 1 },
    mailboxes: Array.from({ length: mailboxes }, () => ({})) as unknown as Parameters<typeof sharesOf>[0]['mailboxes'],
  });

test.each([
  [64, 1],
  [64, 5],
  [16, 2],
  [1024, 3],
])('%i MB of letters for %i mailboxes are shared out and not exceeded', (megabytes, mailboxes) => {
  const { listeners, window, kept, reading } = shares(megabytes, mailboxes);
  expect(listeners + 2 * mailboxes * window + kept + reading).toBeLessThanOrEqual(megabytes * MB);
});

test('a listener takes a letter of the permitted size, however little memory there is', () => {
  const { listeners } = sharesOf({ limits: { memoryMegabytes: 16, letterMegabytes: 35 }, mailboxes: [] });
  expect(listeners).toBe(35 * MB);
});
