// The dashed lines of mail clients: what is below one is history, or a letter that is passed on.

import { describe, expect, test } from '@jest/globals';
import { dividerAt } from '../../../src/decode/reply/divider.ts';

describe('a divider', () => {
  test.each([
    ['-----Исходное сообщение-----', 'history'],
    ['-------- Исходное сообщение --------', 'history'],
    ['-----Original Message-----', 'history'],
    ['*-------- Original Message --------*', 'history'],
    ['-------- Пересылаемое сообщение --------', 'forwarded'],
    ['-------- Перенаправленное сообщение --------', 'forwarded'],
    ['---------- Forwarded message ---------', 'forwarded'],
    ['Начало переадресованного сообщения:', 'forwarded'],
    ['----- Forwarded Message ----- From: Vera <vera@sirin.example> To: Anna', 'forwarded'],
    ['---- Заказ 10429 ---- от: магазина', undefined],
    ['---- Заказ 10429 ----', undefined],
    ['----------', undefined],
    ['исходное сообщение', undefined],
  ])('%s', (line, kind) => {
    expect(dividerAt([line], 0)?.kind).toBe(kind);
  });
});
