// The attribution lines of mail clients, and sentences of people that only look like one.

import { describe, expect, test } from '@jest/globals';
import { attributionAt } from '../../../src/decode/reply/attribution.ts';

const found = (text: string) => attributionAt(text.split('\n'), 0);

describe('attributions with a date and an address stand for themselves', () => {
  const table: readonly [string, string][] = [
    ['Яндекс Почта', '12.03.2026, 10:15, "Анна Серова" <anna@desk.example>:'],
    ['Яндекс Почта of old', '10:15, 12 марта 2026 г., "Анна Серова" <anna@desk.example>:'],
    ['Spark in Russian', '10 мар. 2026 г. в 12:00 +0300, Анна Серова <anna@desk.example>, писал:'],
    ['Sylpheed', 'On Tue, 10 Mar 2026 12:00:00 +0300\nAnna Serova <anna@desk.example> wrote:'],
    ['Zoho in Russian', '---- В Вт, 10 мар. 2026 12:00:00 +0300 Анна <anna@desk.example> написал(а) ----'],
    ['the mailer of Android', '---- Anna Serova wrote ----'],
    ['Mail.ru', 'Вторник, 10 марта 2026, 12:00 +03:00 от Анна Серова <anna@desk.example>:'],
    ['Mail.ru, Wednesday', 'Среда, 11 марта 2026, 9:05 +03:00 от "Анна" <anna@desk.example>:'],
    ['Gmail in Russian', 'вт, 10 мар. 2026 г. в 12:00, Анна Серова <anna@desk.example>:'],
    [
      'Gmail in Russian, wrapped',
      'чт, 5 февр. 2026 г. в 12:00, Анна Серова из технической поддержки <\nanna@desk.example>:',
    ],
    ['Gmail in Russian, older', '10 марта 2026 г., 12:00 пользователь Анна <anna@desk.example> написал:'],
    ['Gmail in English', 'On Tue, Mar 10, 2026 at 12:00 PM Anna Serova <anna@desk.example> wrote:'],
    [
      'Gmail in English, wrapped',
      'On Tue, Mar 10, 2026 at 12:00 PM Anna Serova of the Support Desk <anna@desk.example>\nwrote:',
    ],
    ['Gmail, an address closed on the next line', 'On Tue, Mar 10, 2026 at 12:00 PM Anna <anna@desk.example\n> wrote:'],
    ['Apple Mail in Russian', '10 марта 2026 г., в 12:00, Анна Серова <anna@desk.example> написал(а):'],
    ['Apple Mail in English', 'On 10 Mar 2026, at 12:00, Anna <anna@desk.example> wrote:'],
    ['Apple Mail in Ukrainian', '10 бер. 2026 р. о 12:00 Анна <anna@desk.example> пише:'],
    ['Gmail in German', 'Am Di., 10. März 2026 um 12:00 Uhr schrieb Anna <anna@desk.example>:'],
    ['Gmail in French', 'Le mar. 10 mars 2026 à 12:00, Anna <anna@desk.example> a écrit :'],
    ['Gmail in Spanish', 'El mar, 10 mar 2026 a las 12:00, Anna (<anna@desk.example>) escribió:'],
    ['Gmail in Polish', 'wt., 10 mar 2026 o 12:00 Anna <anna@desk.example> napisał(a):'],
    ['Gmail in Turkish', 'Anna <anna@desk.example>, 10 Mar 2026 Sal, 12:00 tarihinde şunu yazdı:'],
    ['Gmail in Russian, wrapped inside the date', 'ср, 4\nмарта 2026 г. в 09:12, Вера Лунина <vera@sirin.example>:'],
    ['Gmail in Russian, wrapped before the year', 'ср, 4 марта\n2026 г. в 09:12, Вера Лунина <vera@sirin.example>:'],
    ['Gmail in English, wrapped inside the date', 'On Wed, Mar\n4, 2026 at 9:12 AM Vera <vera@sirin.example> wrote:'],
    [
      'Gmail in English, wrapped behind the first word',
      'On\nWed, Mar 4, 2026 at 9:12 AM Vera <vera@sirin.example> wrote:',
    ],
    [
      'Apple Mail in Russian, wrapped behind the day',
      '4\nмарта 2026 г., в 09:12, Вера <vera@sirin.example> написал(а):',
    ],
    ['Mail.ru, wrapped inside the date', 'Среда, 4\nмарта 2026, 9:12 +03:00 от Вера Лунина <vera@sirin.example>:'],
    [
      'Opera, whose name comes first',
      'Вера <vera@sirin.example> писал(а) в своём письме Wed, 04 Mar\n2026 09:12:00 +0300:',
    ],
    [
      'a name and address first, the date on the next line',
      'Вера Лунина из магазина «Сирин» <vera@sirin.example>\n4 марта 2026 г. в 9:12 пишет:',
    ],
    ['a name first that has a comma', '"Lunina, Vera" <vera@sirin.example> wrote on March\n4, 2026:'],
    ['Proton in English', 'On Wednesday, March 4th, 2026 at 9:12, Vera <vera@sirin.example> wrote:'],
    [
      'Vivaldi, whose name and address fill the line',
      'Вера Лунина <vera@sirin.example>\nписал(а) во вт, 10 мар. 2026 г. в 12:00:',
    ],
    [
      'Vivaldi, wrapped behind the verb and inside the date',
      'Вера Лунина <vera@sirin.example> писал(а)\nво вт, 10 мар. 2026 г. в\n12:00:',
    ],
    ['Gmail in Kazakh', '2026 ж. 10 нау., сс 12:00 Вера <vera@sirin.example> жазды:'],
    ['Gmail in Belarusian', 'аў, 10 сак. 2026 г. у 12:00 Вера <vera@sirin.example> піша:'],
    ['old Gmail', '2026-03-10 12:00 GMT+03:00 Anna Serova <anna@desk.example>:'],
    ['Zoho', '---- On Tue, 10 Mar 2026 12:00:00 +0300 Anna <anna@desk.example> wrote ----'],
  ];
  test.each(table)('%s', (_, text) => {
    expect(found(text)).toEqual({ kind: 'attribution', length: text.split('\n').length, names: true });
  });
});

describe('attributions without an address count with quoted lines behind them', () => {
  const table: readonly [string, string][] = [
    ['Thunderbird in Russian', '10.03.2026 12:00, Анна Серова пишет:'],
    ['Thunderbird in English', 'On 10.03.2026 12:00, Anna Serova wrote:'],
    ['The Bat! in Russian', 'Вы писали 10 марта 2026 г., 12:00:23:'],
    ['The Bat! in English', 'Tuesday, March 10, 2026, 12:00:23 PM, you wrote:'],
    ['Evolution in Russian', 'В Вт, 10/03/2026 в 12:00 +0300, Анна пишет:'],
    ['Roundcube in Russian', 'Анна Серова писал 2026-03-10 12:00:'],
    ['KMail in Russian', 'В письме от вторник, 10 марта 2026 г. 12:00:00 MSK пользователь Анна Серова написал:'],
    ['Roundcube with a position', 'Вера Лунина из отдела продаж писал(а) 4 марта 2026 г. в 9:12:'],
    ['an attribution that begins with «От»', 'От Вера Лунина <vera@sirin.example>, 4 марта 2026 г. в 9:12:'],
    ['mutt', 'On Tue, Mar 10, 2026 at 12:00:23PM +0300, Anna Serova wrote:'],
  ];
  test.each(table)('%s', (_, text) => {
    expect(found(text)).toEqual({ kind: 'attribution', length: 1, names: false });
  });
});

describe('what people write is no attribution', () => {
  test.each([
    'Обновили 10.03.2026, после этого:',
    'В заказе от 10.03.2026 на сумму 1200 следующее:',
    'Добрый день! 10.03.2026 в 12:00 нам написал клиент:',
    'Пишу второй раз, ответа нет',
    'On the site nothing works:',
    'У нас 5 серверов, клиент пишет:',
    'We changed 12 settings and a client wrote:',
    'На складе 10 версий, менеджер писал:',
    'Логин ivan@romashka.example, пароль:',
    '10:00 открыли магазин',
    'Срок до 12.03.2026 12:00',
  ])('%s', (text) => {
    expect(found(text)).toBeNull();
  });

  test.each([
    'Звонила Вера <vera@sirin.example>\nOn Tue, Mar 10, 2026 at 12:00 PM Anna <anna@desk.example> wrote:',
    'Жду ответа в среду,\nпотому что 4 марта 2026 г. Вера <vera@sirin.example> писала:',
  ])('nor is a line above it that may look like its beginning: %s', (text) => {
    expect(found(text)).toBeNull();
  });

  test('the words above a wrapped attribution are not drawn into it', () => {
    expect(found('Спасибо\nOn Tue, Mar 10, 2026 at 12:00 PM Anna <anna@desk.example> wrote:')).toBeNull();
  });
});
