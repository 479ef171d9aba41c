// Whose servers an address is looked for at.

import { expect, test } from '@jest/globals';
import { domainOf, providerOf } from '../../src/admin/providers.ts';

test.each([
  ['support@yandex.ru', [], 'imap.yandex.ru'],
  ['support@bk.ru', [], 'imap.mail.ru'],
  ['support@gmail.com', [], 'imap.gmail.com'],
  ['support@rambler.ru', [], 'imap.rambler.ru'],
  ['support@company.example', ['mx.yandex.net.'], 'imap.yandex.ru'],
  ['support@company.example', ['emx.mail.ru'], 'imap.mail.ru'],
  ['support@company.example', ['alt1.aspmx.l.google.com', 'aspmx.l.google.com'], 'imap.gmail.com'],
  ['support@company.example', ['company-example.mail.protection.outlook.com'], 'outlook.office365.com'],
  ['Support@YANDEX.RU', [], 'imap.yandex.ru'],
])('%s with mail at %j is read from %s', (address, mx, host) => {
  expect(providerOf(address, mx)?.imap.host).toBe(host);
});

test('a company with a mail server of its own belongs to no provider, however its name ends', () => {
  expect(providerOf('support@company.example', ['mx.company.example'])).toBeNull();
  expect(providerOf('support@notmail.ru', ['mx.notmail.ru'])).toBeNull();
  expect(domainOf('"a@b"@Company.Example')).toBe('company.example');
});
