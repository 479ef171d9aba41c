import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decodePieces } from '../../src/decode/charset.ts';

const read = (text: string, charset: string, declared: string) =>
  decodePieces([{ bytes: iconv.encode(text, charset), declared }])[0]?.text;

test.each([
  ['iso-8859-1', 'äöüß ad asd'],
  ['iso-8859-1', 'Umlaute: äöü ÄÖÜ ß kaputt, please fix'],
  ['iso-8859-1', 'ÀÉÈ'],
  ['iso-8859-1', 'æøå'],
  ['iso-8859-15', 'éèêë àâ ùûü ïî ôö ç'],
  ['windows-1252', '¿Qué? ñÑ áéíóú'],
  ['iso-8859-9', 'ığüşöç İĞÜŞÖÇ'],
  ['iso-8859-2', 'ěščřžýáíé'],
  ['windows-1250', 'żółć gęślą jaźń'],
])('accents in a row, labelled %s, stay what they are: %s', (charset, text) => {
  expect(read(text, charset, charset)).toBe(text);
});

test.each(['Привет', 'Заказ 123', 'СРОЧНО', 'щука', 'Счёт'])(
  '%s under a Latin label is Russian all the same',
  (text) => {
    expect(read(text, 'windows-1251', 'iso-8859-1')).toBe(text);
    expect(read(text, 'koi8-r', 'windows-1252')).toBe(text);
  },
);
