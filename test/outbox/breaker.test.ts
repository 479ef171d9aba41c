import { expect, test } from '@jest/globals';
import { makeBreaker } from '../../src/outbox/breaker.ts';

const MINUTE = 60_000;

function after(taken: number, refused: number, everyMs = 1000) {
  const breaker = makeBreaker();
  let at = 0;
  for (let i = 0; i < taken; i++) breaker.note(true, (at += everyMs));
  for (let i = 0; i < refused; i++) breaker.note(false, (at += everyMs));
  return breaker.openUntil(at) !== null;
}

test('a few refusals stop nothing, nor do many among many more letters that were taken', () => {
  expect([after(0, 19), after(100, 20)]).toEqual([false, false]);
});

test('when most letters are refused, automatic mail stops, and starts again by itself', () => {
  const breaker = makeBreaker();
  for (let i = 0; i < 20; i++) breaker.note(false, i);
  expect(breaker.openUntil(20)).not.toBeNull();
  expect(breaker.openUntil(11 * MINUTE)).toBeNull();
});

test('refusals spread over a day stop nothing', () => {
  expect(after(0, 40, 20 * MINUTE)).toBe(false);
});
