import { describe, expect, test } from '@jest/globals';
import { COVER, coverSecrets } from '../../src/desk/secrets.ts';

/** `‹…›` is what must be covered. */
const SECRETS = [
  'пароль: ‹Qwerty12›',
  'Пароль - ‹sunshine›',
  'пароль=‹12345›',
  'Пароль от админки: ‹Zx9$kk›, логин admin',
  'пароль для входа на ftp (новый): ‹abc123›',
  'Логин: admin пароль: ‹hunter›',
  'логин admin пароль ‹Qwerty12›',
  'Login: root Password: ‹toor!›',
  'The password for ftp is ‹Summer2026›',
  'pass ‹qwe123!›',
  'Пароль: ‹Солнышко›',
  'логин/пароль: admin / ‹Qwerty1›',
  'логин/пароль admin:‹Qwerty1›',
  'Логин и пароль: admin, ‹Qwerty1›',
  'login/pass - shop ‹s3cret›',
  'ftp://shop:‹pa:ss@word›@ftp.shop.example/www',
  'Зайдите по https://admin:‹Qwe123›@shop.example/adminv2.',
  'RDP 203.0.113.7:3389 Administrator ‹Qwe!23›',
  'ftp: ftp.shop.example, shop, ‹secret›',
  'SSH shop.example root:‹toor›',
  'api key: ‹9f8a7c6d5e›',
  'Код доступа: ‹4821›',
  'AnyDesk 123 456 789 пароль ‹4821›',
  'Доступ к админке:\nhttps://shop.example/adminv2\nadmin\n‹Qwerty12›',
  'FTP\n\nхост ftp.shop.example\nлогин shop\nпароль ‹Qwerty12›',
  'RDP:\n203.0.113.7:3389\nAdministrator\n‹P@ssw0rd›',
  'хост | логин | пароль\nftp.shop.example | shop | ‹secret›\ndb.shop.example | root | ‹hunter›',
  'Login\tPassword\nadmin\t‹sunshine›',
];

/** Nothing of these is a secret. */
const PROSE = [
  'Я забыл пароль, помогите войти.',
  'Пароль: забыл',
  'пароль: не подходит, хотя вчера работал',
  'Не приходит письмо для сброса пароля: клиенты жалуются',
  'The password reset link does not work',
  'password: does not work since Monday',
  'Please send me a password reset link: https://shop.example/reset?x=1',
  'Пароль – это ключ к магазину, мы его не знаем',
  'Поле «Пароль» не видно в форме регистрации',
  'Пароль от ivan@client.example не подходит',
  'Пропал доступ к админке, ошибка 500 на странице /adminv2/orders',
  'Доступ к панели: не открывается с утра',
  'Доступ к FTP закрыт?\nПодскажите, почему мы не можем войти с утра понедельника.\nЗаказ A12345 не виден.',
  'Добавьте RDP в тариф, пожалуйста',
  'Compass: north, bypass: no',
  'Сайт | Заказов | Сумма\nshop.example | 12 | 3400',
  'Токен не приходит на телефон',
  'Версия 11.0.2, тариф «Старт»; http://shop.example:8080/admin',
];

describe('of what customers write', () => {
  test.each(SECRETS)('a secret is covered, and nothing else: %s', (marked) => {
    const text = marked.replace(/[‹›]/g, '');
    expect(coverSecrets(text)).toEqual({ text: marked.replace(/‹[^›]*›/g, COVER), covered: true });
  });

  test.each(PROSE)('prose is left: %s', (text) => {
    expect(coverSecrets(text)).toEqual({ text, covered: false });
  });
});

test('a text that was covered stays as it is', () => {
  const once = coverSecrets(SECRETS.join('\n\n').replace(/[‹›]/g, '')).text;
  expect(coverSecrets(once).text).toBe(once);
});

test('a megabyte of passwords costs little', () => {
  const start = process.cpuUsage();
  coverSecrets('пароль '.repeat(150_000));
  coverSecrets('пароль: a b c\n'.repeat(40_000));
  coverSecrets(`ftp://${'a:'.repeat(500_000)}`);
  const { user } = process.cpuUsage(start);
  expect(user / 1000).toBeLessThan(2_000);
});
