// Lines that programs set under a letter, and lines of people that begin the same way.

import { describe, expect, test } from '@jest/globals';
import { isFooter } from '../../../src/decode/reply/footer.ts';

describe('a line that no person typed', () => {
  test.each([
    'Отправлено с iPhone',
    'Отправлено с моего iPhone',
    'Отправлено с моего Galaxy',
    'Отправлено с устройства Samsung',
    'Отправлено из мобильной Почты Mail.ru',
    'Отправлено из Mail.ru для Android',
    'Отправлено из Почты Mail.ru',
    'Отправлено из Яндекс.Почты для мобильных',
    'Отправлено из мобильной Яндекс Почты: http://m.ya.ru/ymail',
    'Отправлено из Outlook для iOS',
    'Отправлено из Почты для Windows 10',
    'Скачать Outlook для Android<https://aka.ms/AAb9ysg>',
    'Получите Outlook для iOS (https://aka.ms/o0ukef)',
    'Get Outlook for iOS (https://aka.ms/o0ukef)',
    'Sent from my iPhone',
    'Sent from Mail for Windows',
    'Sent from Yahoo Mail on Android',
    'Без вирусов.www.avast.com',
  ])('%s', (line) => {
    expect(isFooter(line)).toBe(true);
  });

  test.each([
    'Отправлено с сайта, но письмо не дошло',
    'Отправлено из Москвы 12 марта',
    'Отправлено с Почты России, трек-номер 80081234567890',
    'Отправлено вчера',
    'Sent from the form on our site',
    'Sent from my desk, which is easier than my telephone',
    'Get Outlook working, please',
  ])('a person typed: %s', (line) => {
    expect(isFooter(line)).toBe(false);
  });
});
