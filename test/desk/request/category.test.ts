// The categories of questions, and which of them the words of a letter propose.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { configSchema } from '../../../src/config/schema.ts';
import { CATEGORIES, categoryOf } from '../../../src/desk/request/categories.ts';
import { categoryWords, proposedCategory } from '../../../src/desk/request/category.ts';
import { requestLines } from '../../../src/desk/request/request-lines.ts';
import { PACKAGE_TEMPLATES } from '../../../src/outbox/templates.ts';

const WORDS = categoryWords(CATEGORIES, {});
const proposed = (text: string, words = WORDS) => proposedCategory('', text, words, CATEGORIES)?.name ?? null;

test.each([
  ['Не открывается корзина, выходит ошибка 500.', 'errors'],
  ['На сайте пропали фотографии товаров.', 'errors'],
  ['Кнопка «Купить» не работает.', 'errors'],
  ['The cart does not open.', 'errors'],
  ['После обновления не работает корзина.', 'update'],
  ['Как обновить магазин до последней версии?', 'update'],
  ['Страницы долго открываются, сайт тормозит.', 'performance'],
  ['Как добавить товар в две категории?', 'usage'],
  ['How do I change the logo?', 'usage'],
  ['Сколько стоит лицензия? Хотим купить.', 'general'],
  ['Какие у вас тарифы и системные требования?', 'general'],
  ['Хотим стать партнёрами.', 'general'],
  ['Пришлите, пожалуйста, счёт на оплату и закрывающие документы.', 'licence'],
  ['Потеряли лицензионный ключ.', 'licence'],
  ['Где документация по API, как работают вебхуки?', 'development'],
  ['Чем отличается скидка от купона?', 'theory'],
  ['Как сделать резервную копию перед переносом сайта?', 'setup'],
  ['Перенесите, пожалуйста, магазин на наш новый сервер.', 'outside-move'],
  ['Продлите хостинг, услуги хостинга закончились. Как продлить домен?', 'outside-hosting'],
  ['Доработайте модуль доставки под нас.', 'outside-to-order'],
  ['Помогите сверстать шапку сайта.', 'outside-markup'],
  ['Как настроить Outlook?', 'outside-third-party'],
  ['Проведите нагрузочное тестирование нашего сервера.', 'outside-server'],
  ['Установите нам AdvantShop на сервер.', 'outside-install'],
])('«%s» is proposed as %s', (text, category) => {
  expect(proposed(text)).toBe(category);
});

test.each(['Здравствуйте!', 'Добрый день, это снова я.', 'Цены товаров у нас в рублях.', 'Спасибо', ''])(
  'of «%s» nobody can tell by its words',
  (text) => expect(proposed(text)).toBeNull(),
);

test('what is quoted or signed with speaks for nothing', () => {
  expect(proposed('> Не работает корзина, ошибка\nДобрый день!\n\nС уважением,\nАнна, отдел лицензий')).toBeNull();
});

test("a desk's own words take the place of ours", () => {
  const own = categoryWords(CATEGORIES, { errors: ['чайник'] });
  expect(proposed('Сломался чайник', own)).toBe('errors');
  expect(proposed('Ошибка', own)).toBeNull();
});

test('every category can be given words of a desk, and no other', () => {
  const desk = { name: 'Desk', address: 'support@desk.example' };
  const categories = Object.fromEntries(CATEGORIES.map(({ name }) => [name, ['слово']]));
  expect(configSchema.parse({ desk, requests: { categories } }).requests.categories).toEqual(categories);
  expect(configSchema.safeParse({ desk, requests: { categories: { jokes: ['слово'] } } }).success).toBe(false);
});

test('every category says what is solved or not in it; only what is outside the scope has a ready answer that says so', () => {
  for (const { name, solved, notSolved, outside, answer, asks } of CATEGORIES) {
    expect({ name, said: solved.length + notSolved.length > 0 }).toEqual({ name, said: true });
    expect({ name, answered: answer !== null }).toEqual({ name, answered: outside });
    for (const language of answer === null ? [] : ['ru', 'en'])
      expect(fs.existsSync(path.join(PACKAGE_TEMPLATES, 'answers', `${answer}.${language}.md`))).toBe(true);
    if (outside) expect({ name, asks, solved }).toEqual({ name, asks: [], solved: [] });
  }
  expect(new Set(CATEGORIES.map(({ name }) => name)).size).toBe(CATEGORIES.length);
  expect(categoryOf('of another version')).toBeNull();
});

test('operators read what is known of a request, that a category is only proposed, and how to answer what is outside', () => {
  const nothing = {
    site: null,
    version: null,
    edition: null,
    steps: 0,
    several_problems: 0,
    category: null,
    category_state: null,
  };
  expect(requestLines(nothing, 'ru')).toEqual([]);
  expect(
    requestLines(
      { ...nothing, site: 'luch.ru', version: '9.0', steps: 1, category: 'errors', category_state: 'confirmed' },
      'ru',
    ),
  ).toEqual(['В письмах названы: сайт luch.ru, версия 9.0, шаги', 'Вопрос: Ошибки программного продукта']);
  expect(
    requestLines({ ...nothing, category: 'outside-move', category_state: 'proposed', several_problems: 1 }, 'en'),
  ).toEqual([
    'Question: outside: moving between servers (by the words of the letter); ready answer: #answer transfer',
    'There seem to be several unrelated questions in it',
  ]);
});
