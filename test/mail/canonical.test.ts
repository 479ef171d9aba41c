import { expect, test } from '@jest/globals';
import { canonical } from '../../src/mail/canonical.ts';
import { chance } from '../support/shuffled.ts';

test('each plain character knows where it stood, whatever the text', () => {
  const odds = chance(7);
  const pieces = [
    'a',
    'Б',
    '@',
    '+',
    '\n> ',
    '\r\n',
    ' ',
    '&#64;',
    '&amp;commat;',
    '&bogus;',
    '%40',
    '=40',
    '=\n',
    '<wbr>',
    '<b',
    '＠',
    '\u{1d41a}',
    '\u00ad',
    '\ud800',
    '*',
    '\\',
  ];
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: 1 + odds.upTo(40) }, () => odds.pick(pieces)).join('');
    for (const spelling of [{}, { tags: true }, { encoded: true }, { initials: true }] as const) {
      const { text: plain, from, to } = canonical(text, spelling);
      expect([from.length, to.length]).toEqual([plain.length, plain.length]);
      for (let i = 0; i < plain.length; i++) {
        expect(from[i]).toBeLessThan(to[i]!);
        if (i > 0) expect(from[i]).toBeGreaterThanOrEqual(from[i - 1]!);
        if (text.slice(from[i], to[i]).length === 1 && text.charCodeAt(from[i]!) < 128)
          expect(plain[i]).toBe(text[from[i]!]!.toLowerCase());
      }
      expect(plain).not.toMatch(/[\s\u00ad*\\]/);
    }
  }
});

test('what is encoded is undone in the spelling that asks for it', () => {
  expect(canonical('a%2540b', { encoded: true }).text).toBe('a@b');
  expect(canonical('a=3D40b=\nc', { encoded: true }).text).toBe('a@bc');
  expect(canonical('a%40b=40').text).toBe('a%40b=40');
  expect(canonical('a<wbr>b', { tags: true }).text).toBe('ab');
});
