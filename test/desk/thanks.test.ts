import { expect, test } from '@jest/globals';
import { isThanks } from '../../src/desk/thanks.ts';

test.each([
  'спасибо',
  'Спасибо!',
  'Спасибо большое, всё работает.',
  '+',
  'ок, работает',
  'Ок',
  'Благодарю за помощь!',
  'Thanks, it works now',
  'thank you very much!',
  'Здравствуйте! Спасибо.',
  '👍',
  'Спасибо, Борис!',
  'Борис, спасибо!',
  'Анна Сергеевна, большое спасибо!',
  'Благодарю, всё работает',
])('%j leaves a resolved ticket resolved', (text) => expect(isThanks(text, false)).toBe(true));

test.each([
  'спасибо, но не работает',
  'Спасибо. А когда обновление?',
  'работает?',
  'не работает',
  'Спасибо, заказ 12345 тоже посмотрите',
  'Спасибо за ответ, только корзина опять пустая',
  'Нет, спасибо',
  'Спасибо. Ошибка.',
  'Спасибо! Перезвоните',
  'ok but the cart is empty again',
  '',
  '-',
  'Борис',
  'Корзина, спасибо, не нужна',
])('%j reopens it', (text) => expect(isThanks(text, false)).toBe(false));

test('thanks with a file attached reopen the ticket: somebody should look', () => {
  expect(isThanks('спасибо', true)).toBe(false);
});
