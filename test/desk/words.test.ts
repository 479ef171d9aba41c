import { expect, test } from '@jest/globals';
import { firstPhraseIn } from '../../src/desk/words.ts';

test.each([
  ['У нас сайт\n  не РАБОТАЕТ!', ['сайт не работает'], 'сайт не работает'],
  ['всё ещё не отчёты', ['еще не отчет'], 'еще не отчет'],
  ['перенастройка', ['настройка'], null],
  ['Настройками', ['магазин', 'настройку', 'настройк'], 'настройк'],
  ['capital', ['API'], null],
  ['через api-ключ', ['API'], 'API'],
  ['', ['сайт'], null],
  ['сайт', [], null],
])('in %j of %j is found %j', (text, phrases, found) => {
  expect(firstPhraseIn(text, phrases)).toBe(found);
});
