// Outlook's header fields above the earlier letter, and lists of people that only look like them.

import { describe, expect, test } from '@jest/globals';
import { headerBlockAt } from '../../../src/decode/reply/header-block.ts';

const length = (text: string): number => headerBlockAt(text.split('\n'), 0)?.length ?? 0;

describe('the block of header fields', () => {
  const table: readonly [string, string, number][] = [
    ['Outlook in Russian', 'От: Анна\nОтправлено: 10 марта 2026 г. 12:00\nКому: Иван\nТема: RE: Цены\n\nтекст', 4],
    [
      'Outlook in English, with a copy',
      'From: Anna\nSent: Tuesday, March 10, 2026 12:00 PM\nTo: Ivan\nCc: Olga\nSubject: Prices\n\nx',
      5,
    ],
    ['fields in bold that Gmail turned into asterisks', '*От:* Анна\n*Дата:* 10.03.2026\n*Кому:* Иван\n', 3],
    ['a list of recipients over two lines', 'От: Анна\nКому: Иван;\n  Ольга\nТема: Цены\n', 4],
    ['a date and a recipient, no more', 'Date: Tue, 10 Mar 2026 12:00:00 +0300\nTo: ivan@romashka.example\n', 2],
    ['recipient and subject above the attribution of Яндекс', 'Кому: Анна (anna@desk.example);\nТема: Цены;\n', 2],
    [
      'New Outlook, the letter right below its subject',
      'От: Анна\nДата: 10.03.2026\nКому: Иван\nТема: Цены\nНе видны.\nПочему?\n',
      4,
    ],
    [
      'recipients that go on below the last field',
      'Тема: Цены\nОт: Анна\nКому: ivan@desk.example,\nolga@desk.example\nтекст\n',
      4,
    ],
    ['Outlook in German', 'Von: Anna\nGesendet: Dienstag, 10. März 2026 12:00\nAn: Ivan\nBetreff: Preise\n', 4],
  ];
  test.each(table)('%s', (_, text, lines) => {
    expect(length(text)).toBe(lines);
  });

  test.each([
    ['an invitation', 'Дата: 10.03.2026\nВремя: 12:00\nМесто: офис\n'],
    ['two fields without address and time', 'От: склада\nКому: покупателю\n'],
    ['a sentence with a colon', 'Тема: не открывается корзина, и вот почему.\nСначала я думал иначе.\n'],
  ])('%s is none', (_, text) => {
    expect(length(text)).toBe(0);
  });
});
