// RFC 3676 as mailers use it: what a reader of format=flowed must see.

import { describe, expect, test } from '@jest/globals';
import { unflow } from '../../src/decode/flowed.ts';
import { cpuMs } from '../support/cpu.ts';

describe('format=flowed', () => {
  const table: readonly [string, string, boolean, string][] = [
    [
      'a paragraph that Thunderbird broke softly is one line again',
      'Магазин \nне открывается.\nСовсем.',
      false,
      'Магазин не открывается.\nСовсем.',
    ],
    [
      'with DelSp the space before the soft break goes, as for a long address',
      'https://shop.example/ \ncatalog',
      true,
      'https://shop.example/catalog',
    ],
    ['the signature separator stays a line of its own', 'Спасибо \n-- \nИван', false, 'Спасибо \n-- \nИван'],
    [
      'a stuffed line loses one space and is no quote',
      ' > это не цитата\n From the start',
      false,
      '> это не цитата\nFrom the start',
    ],
    [
      'a quote keeps its depth and joins only with lines as deep',
      '> Какая \n> версия?\n>> Старый \nтекст',
      false,
      '> Какая версия?\n>> Старый \nтекст',
    ],
    ['an empty quoted line stays empty', '> a\n>\n> b', false, '> a\n>\n> b'],
    ['a quoted signature separator is not flowed either', '> текст\n> -- \n> Иван', false, '> текст\n> -- \n> Иван'],
    ['text without soft breaks stays as it is', 'a\n\nb', false, 'a\n\nb'],
  ];
  test.each(table)('%s', (_, text, delSp, wanted) => {
    expect(unflow(text, delSp)).toBe(wanted);
  });

  test('a megabyte of soft breaks takes no time', () => {
    const started = cpuMs();
    expect(unflow('a \n'.repeat(350_000), false)).toHaveLength(700_000);
    expect(cpuMs() - started).toBeLessThan(2000);
  });
});
