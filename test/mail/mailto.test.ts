// Links that open a new letter, as a mail client reads them (RFC 6068).

import { expect, test } from '@jest/globals';
import { mailtoLink } from '../../src/mail/mailto.ts';

test.each([
  ['support@desk.example', 'support@desk.example'],
  // a bare + is a space to some mail clients
  ['help+shop@desk.example', 'help%2Bshop@desk.example'],
  ['"a?b&c"@desk.example', '%22a%3Fb%26c%22@desk.example'],
  ['desk@почта.example', 'desk@%D0%BF%D0%BE%D1%87%D1%82%D0%B0.example'],
])('a letter to %s is one to mailto:%s', (address, written) => {
  expect(mailtoLink(address, { subject: 'x' })).toBe(`mailto:${written}?subject=x`);
});

test('whoever opens the link finds subject and text in the letter as they were meant', () => {
  const subject = '[#10429] «Корзина» & 100 % = ?';
  const body = '#status\r\n\r\n-- \r\n';
  const link = mailtoLink('support@desk.example', { subject, body });
  expect(link).toMatch(/^[!-~]+$/);
  expect(link).not.toMatch(/[#[\]"<>]/);
  const fields = link
    .split('?')[1]!
    .split('&')
    .map((field) => field.split('=').map(decodeURIComponent));
  expect(fields).toEqual([
    ['subject', subject],
    ['body', body],
  ]);
});
