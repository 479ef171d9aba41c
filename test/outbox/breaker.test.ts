import { expect, test } from '@jest/globals';
import { makeBreaker } from '../../src/outbox/breaker.ts';

const MINUTE = 60_000;

function after(taken: number, refused: number, everyMs = 1000) {
  const breaker = makeBreaker();
  const letters = taken + refused;
  for (let i = 1; i <= letters; i++) breaker.note(i <= taken, i * everyMs);
  return breaker.openFor(letters * everyMs) !== null;
}

test('a few refusals stop nothing, nor do many among many more letters that were taken', () => {
  expect([after(0, 19), after(100, 20)]).toEqual([false, false]);
});

test('when most letters are refused, automatic mail stops, and starts again by itself', () => {
  const breaker = makeBreaker();
  for (let i = 0; i < 20; i++) breaker.note(false, i);
  expect(breaker.openFor(20)).not.toBeNull();
  expect(breaker.openFor(11 * MINUTE)).toBeNull();
});

test('refusals spread over a day stop nothing', () => {
  expect(after(0, 40, 20 * MINUTE)).toBe(false);
});
