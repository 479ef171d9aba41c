import { expect, test } from '@jest/globals';
import { languageOf } from '../../src/desk/language.ts';
import { moved } from '../../src/desk/tickets.ts';

test.each([
  ['Не печатает принтер', 'ru'],
  ['Не работает https://shop.example/catalog/very/long/path/of/latin/letters.html', 'ru'],
  ['The printer does not print anything', 'en'],
  ['ok', 'ru'],
  ['', 'ru'],
  ['12345 !!! ???', 'ru'],
])('a customer who writes %j is answered in %s by a Russian desk', (text, language) => {
  expect(languageOf(text, 'ru')).toBe(language);
});

test('a letter to a ticket that waits for the customer or was resolved opens it again; a new one stays new', () => {
  expect(
    ['new', 'open', 'waiting', 'deferred', 'resolved', 'spam'].map((state) => moved(state as 'new', 'customer-wrote')),
  ).toEqual(['new', 'open', 'open', 'open', 'open', 'spam']);
});
