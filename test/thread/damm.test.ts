import { describe, expect, test } from '@jest/globals';
import { checkDigit, sequenceOf, ticketNumber } from '../../src/thread/damm.ts';

describe('a ticket number', () => {
  test('carries the check digit that the thesis gives for its example 572', () => {
    expect(checkDigit(572)).toBe(4);
  });

  test('of sequence 1042 is 10429 and leads back to it', () => {
    expect(ticketNumber(1042)).toBe('10429');
    expect(sequenceOf('10429')).toBe(1042);
  });

  test('with any one digit mistyped names no ticket', () => {
    for (let sequence = 1; sequence < 3000; sequence++) {
      const number = ticketNumber(sequence);
      expect(sequenceOf(number)).toBe(sequence);
      for (let at = 0; at < number.length; at++) {
        const wrong = String((Number(number[at]) + 1 + (sequence % 9)) % 10);
        if (wrong !== number[at]) expect(sequenceOf(number.slice(0, at) + wrong + number.slice(at + 1))).toBeNull();
      }
    }
  });

  test('with two neighbouring digits swapped names no ticket', () => {
    for (let sequence = 1000; sequence < 3000; sequence++) {
      const number = ticketNumber(sequence);
      for (let at = 0; at + 1 < number.length; at++) {
        if (number[at] === number[at + 1]) continue;
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        expect(sequenceOf(swapped)).toBeNull();
      }
    }
  });

  test.each(['', '0', '7', '00', '010429', '-10429', '1.0429', '١٠٤٢٩', '10429 ', '1'.repeat(200)])(
    'is not %j',
    (text) => {
      expect(sequenceOf(text)).toBeNull();
    },
  );

  test('is not made for what is no sequence number', () => {
    for (const sequence of [0, -1, 1.5, Number.NaN, 2 ** 60]) expect(() => ticketNumber(sequence)).toThrow(RangeError);
  });
});
