import { expect, test } from '@jest/globals';
import { fieldsOf } from '../../src/mail/fields.ts';
import { cameBy } from '../../src/proof/came-by.ts';

const fields = (...received: readonly string[]) =>
  fieldsOf(received.map((value) => ({ name: 'Received', value, raw: value })));
const DATE = '; Mon, 02 Mar 2026 10:00:00 +0300';
const FROM_WEB = `from web1 (www.shop.example [192.0.2.7]) by mx.desk.example with ESMTPS id 1${DATE}`;
const LMTP = `from mx.desk.example (localhost [127.0.0.1]) by imap.desk.example with LMTP id 2${DATE}`;
const SCRIPT = `by www.desk.example (Postfix, from userid 33) id 3${DATE}`;

test('a letter came by the server whose name or address ours has seen, through whatever of our own', () => {
  expect(cameBy(fields(LMTP, FROM_WEB), 'www.shop.example')).toBe(true);
  expect(cameBy(fields(FROM_WEB), '192.0.2.7')).toBe(true);
});

test('what a stranger calls himself, and what he wrote below, is worth nothing', () => {
  const helo = `from www.shop.example (unknown [198.51.100.9]) by mx.desk.example with ESMTP id 4${DATE}`;
  expect(cameBy(fields(helo), 'www.shop.example')).toBe(false);
  expect(cameBy(fields(helo, FROM_WEB), 'www.shop.example')).toBe(false);
  expect(cameBy(fields(helo, SCRIPT), 'localhost')).toBe(false);
});

test('a script on our own machine is localhost, and a letter without a trace is nobody’s', () => {
  expect(cameBy(fields(LMTP, SCRIPT), 'localhost')).toBe(true);
  expect(cameBy(fields(FROM_WEB), 'localhost')).toBe(false);
  expect(cameBy(fields(), 'localhost')).toBe(false);
});
