// How much of a text is told in a letter.

import { expect, test } from '@jest/globals';
import { cutToTell, TOLD } from '../../src/desk/told-text.ts';

test('what people write is told whole', () => {
  expect(cutToTell('Касса не печатает.\nПомогите.')).toEqual({
    shown: 'Касса не печатает.\nПомогите.',
    cut: false,
  });
  expect(cutToTell('')).toEqual({ shown: '', cut: false });
});

test('a text of too many lines is cut behind a whole one', () => {
  const { shown, cut } = cutToTell('ab\n'.repeat(TOLD.lines + 5));
  expect(cut).toBe(true);
  expect(shown).toBe('ab\n'.repeat(TOLD.lines));
});

test('a text of as many lines as may be is not cut', () => {
  const text = 'ab\n'.repeat(TOLD.lines);
  expect(cutToTell(text)).toEqual({ shown: text, cut: false });
});

test('lines that are too long together are cut behind the last that fits', () => {
  const line = `${'a'.repeat(TOLD.characters / 4)}\n`;
  expect(cutToTell(line.repeat(6))).toEqual({ shown: line.repeat(3), cut: true });
});

test('one line without an end is cut, and not within a character', () => {
  const { shown, cut } = cutToTell(`a${'😀'.repeat(TOLD.characters)}`);
  expect(cut).toBe(true);
  expect(shown.length).toBe(TOLD.characters - 1);
  expect(shown.replaceAll('😀', '')).toBe('a');
});

test('where there is no room left, nothing is shown and that is said', () => {
  expect(cutToTell('history', 0)).toEqual({ shown: '', cut: true });
});
