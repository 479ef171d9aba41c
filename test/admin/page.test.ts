// Pages and tables on a terminal: what fits, what is cut, whose time it is.

import { afterEach, describe, expect, test } from '@jest/globals';
import { bytes, counted, labelled, moment, table } from '../../src/admin/page.ts';
import { cut, indented, widthOf, wrapped } from '../../src/admin/width.ts';

afterEach(() => {
  delete process.env.COLUMNS;
});

const lines = (text: string) => text.trimEnd().split('\n');

describe('a table', () => {
  const heads = ['id', 'from', 'subject'];
  const rows = [
    ['1', 'ivan@client.example', 'Не открывается корзина в магазине после обновления'],
    ['2', '山田@shop.example', '注文ページが開きません、助けてください、よろしくお願いします'],
    ['3', 'x@y.example', '🛒🛒🛒 cart'],
  ];

  test('is as wide as it must be where there is no window', () => {
    expect(lines(table(heads, rows, 1, 2))[1]).toBe(
      '1   ivan@client.example  Не открывается корзина в магазине после обновления',
    );
  });

  test.each([60, 50, 40])('fits a window of %d columns, in characters of whatever width', (columns) => {
    process.env.COLUMNS = String(columns);
    for (const line of lines(table(heads, rows, 1, 2))) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  test('begins each column at the same place, however wide the characters before it', () => {
    process.env.COLUMNS = '60';
    const [head = '', ...body] = lines(table(heads, rows, 1, 2));
    const at = widthOf(head.slice(0, head.indexOf('subject')));
    for (const [i, start] of ['Не', '注', '🛒'].entries())
      expect(widthOf(body[i]!.slice(0, body[i]!.indexOf(start)))).toBe(at);
  });

  test('leaves columns whole that must not be cut, and breaks off at ten columns', () => {
    process.env.COLUMNS = '20';
    const [, first] = lines(table(heads, rows, 1, 2));
    expect(first).toBe('1   ivan@clie…  Не открыв…');
  });

  test('is one line a row, whatever a cell holds', () => {
    expect(lines(table(['a'], [['one\ntwo\u001b[2J\r\u0007three']]))).toEqual(['a', 'one two [2J three']);
  });
});

test('a text is cut between characters that people see', () => {
  expect(cut('корзина', 7)).toBe('корзина');
  expect(cut('корзина', 6)).toBe('корзи…');
  expect(cut('注文ページ', 6)).toBe('注文…');
  expect(cut('👨‍👩‍👧 family', 4)).toBe('👨‍👩‍👧 …');
  expect(cut('й'.normalize('NFD').repeat(5), 3)).toBe(`${'й'.normalize('NFD').repeat(2)}…`);
});

describe('running text', () => {
  test('is broken between words; an address that is too long keeps a line', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('see https://example.org/a/long/path now', 10)).toEqual([
      'see',
      'https://example.org/a/long/path',
      'now',
    ]);
    expect(wrapped('', 8)).toEqual(['']);
  });

  test('keeps its own lines, its indentation and what stands before each', () => {
    expect(indented('a\n\n  b c', '> ', 6)).toBe('> a\n\n>   b\n> c');
  });

  test('stays in its column behind a label', () => {
    process.env.COLUMNS = '30';
    expect(labelled('thread', 8, 'names no ticket of ours at all')).toBe(
      '  thread   names no ticket of\n           ours at all',
    );
  });
});

test('a moment is of the time zone it is asked for, summer time included', () => {
  const at = Date.parse('2026-07-01T22:30:00Z');
  expect(moment(at, 'Europe/Moscow')).toBe('2026-07-02 01:30');
  expect(moment(at, 'Asia/Vladivostok')).toBe('2026-07-02 08:30');
  expect(moment(at, 'Europe/Berlin')).toBe('2026-07-02 00:30');
  expect(moment(Date.parse('2026-01-01T22:30:00Z'), 'Europe/Berlin')).toBe('2026-01-01 23:30');
});

test('sizes and numbers read as people say them', () => {
  expect([0, 1023, 1024, 1536 * 1024].map(bytes)).toEqual(['0 B', '1023 B', '1.0 kB', '1.5 MB']);
  expect([0, 1, 2].map((n) => counted(n, 'letter'))).toEqual(['0 letters', '1 letter', '2 letters']);
});
