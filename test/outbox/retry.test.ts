import { describe, expect, test } from '@jest/globals';
import { backoff, type Failure, settleFailure } from '../../src/outbox/retry.ts';

const MINUTE = 60_000;
const NOW = 1_700_000_000_000;
const ROW = { attempts: 1, giveUpAt: NOW + 240 * MINUTE, afterCrash: 'close' as 'close' | 'again', doubtful: false };
const settle = (failure: Partial<Failure>, row = ROW) =>
  settleFailure({ message: 'no', reply: null, reached: 'server', ...failure }, row, NOW, 0.5);

test('the wait doubles from a minute to an hour, within a tenth of jitter', () => {
  expect([1, 2, 3, 6, 7, 50].map((attempt) => backoff(attempt, 0.5) / MINUTE)).toEqual([1, 2, 4, 32, 60, 60]);
  expect([backoff(1, 0), backoff(1, 0.999)].map((ms) => Math.round(ms / 1000))).toEqual([54, 66]);
});

describe('a letter', () => {
  test('that the server refuses for good is not tried again', () => {
    expect(settle({ reply: 550 })).toMatchObject({ state: 'failed' });
  });
  test('that the server puts off is tried a minute later', () => {
    expect(settle({ reply: 451 })).toMatchObject({ state: 'queued', notBefore: NOW + MINUTE, counted: true });
  });
  test('for which no server was reached waits without losing an attempt', () => {
    expect(settle({ reached: 'nobody' })).toMatchObject({ state: 'queued', counted: false });
  });
  test('that was handed over whole before the line went dead is not sent again: nobody can know', () => {
    expect(settle({ reached: 'after-dot' })).toMatchObject({ state: 'unknown' });
  });
  test('of an operator that was handed over whole before the line went dead is sent again, and says that it may arrive twice', () => {
    expect(settle({ reached: 'after-dot' }, { ...ROW, afterCrash: 'again' })).toMatchObject({
      state: 'queued',
      notBefore: NOW + MINUTE,
      error: expect.stringContaining('may arrive twice'),
    });
  });
  test('of an operator that was lost so late a second time is not sent a third time', () => {
    const again = { ...ROW, afterCrash: 'again', doubtful: true } as const;
    expect(settle({ reached: 'after-dot' }, again)).toMatchObject({ state: 'unknown' });
    expect(settle({ reply: 451 }, again)).toMatchObject({ state: 'queued' });
  });
  test('that was handed over whole and then put off by the server is tried again', () => {
    expect(settle({ reached: 'after-dot', reply: 451 })).toMatchObject({ state: 'queued' });
  });
  test('that has waited too long is given up', () => {
    expect(settle({ reply: 451 }, { ...ROW, attempts: 9, giveUpAt: NOW + MINUTE })).toMatchObject({ state: 'failed' });
  });
});
