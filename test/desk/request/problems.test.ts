import { expect, test } from '@jest/globals';
import { hasSeveralProblems } from '../../../src/desk/request/problems.ts';

test.each([
  ['Заказы не выгружаются в 1С.', 'Как сменить логотип в шапке сайта?'],
  ['Не выгружается в 1С.', 'И как поменять логотип?'],
  ['Оплата картой не проходит, клиенты жалуются.', 'Подскажите, как добавить второй телефон?'],
  ['The cart does not open.', 'How do I change the logo?'],
])('two matters that have nothing to do with each other are seen as two: %s %s', (...lines) => {
  expect(hasSeveralProblems(lines)).toBe(true);
});

test.each([
  ['Заказы не выгружаются в 1С.', 'Как исправить ошибку?'],
  ['Не печатает принтер чеков.', 'Как это настроить?'],
  ['Не выгружаются заказы.', 'Как выгрузить заказы вручную?'],
  ['Логотип не отображается.', 'Как сменить логотип?'],
  ['Как сменить логотип?', 'Спасибо!'],
  ['Корзина не открывается.', 'Как быстро вы ответите?'],
  ['The cart does not open.', 'How can we fix the cart?'],
])('one matter stays one: %s %s', (...lines) => {
  expect(hasSeveralProblems(lines)).toBe(false);
});
