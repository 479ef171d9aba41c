// Signatures, and last lines that are none for certain and therefore stay.

import { describe, expect, test } from '@jest/globals';
import { signatureStart } from '../../../src/decode/reply/signature.ts';

const start = (text: string): number | null => {
  const lines = text.split('\n');
  const at = signatureStart(lines, 0, lines.length);
  return at === lines.length ? null : at;
};

describe('a signature', () => {
  test.each([
    ['begins at its separator', 'Готово\n\n-- \nИван', 2],
    ['begins at a separator that lost its space', 'Готово\n\n--\nИван', 2],
    ['with contact data begins at the sign-off', 'Готово\n\nС уважением,\nИван Петров\nтел. +7 495 555-01-02', 2],
    ['with a site begins at the sign-off', 'Готово\nС уважением, Иван Петров\nООО "Ромашка"\nwww.romashka.example', 1],
  ])('%s', (_, text, line) => {
    expect(start(text)).toBe(line);
  });

  test.each([
    ['a name under a sign-off says who writes, and stays', 'Готово\n\nС уважением,\nИван'],
    ['a question behind dashes is a question', 'Первое.\n--\nВторое: что делать?'],
    [
      'respect in the middle of a sentence is no sign-off',
      'Отношусь\nс уважением к вашей работе\nИван\n+7 495 555-01-02',
    ],
    ['a long text behind dashes is text', `Первое\n--\n${'строка\n'.repeat(20)}`],
  ])('%s', (_, text) => {
    expect(start(text)).toBeNull();
  });
});
