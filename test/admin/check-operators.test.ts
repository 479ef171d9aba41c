// kvitok check: what stands for the letters of the people who answer.

import { expect, test } from '@jest/globals';
import { checkOperators } from '../../src/admin/check-operators.ts';
import { configSchema } from '../../src/config/schema.ts';

const found = (operators: readonly object[], threading = {}) =>
  checkOperators(
    configSchema.parse({ desk: { name: 'Desk', address: 'support@desk.example' }, operators, threading }),
  ).map(({ mark, text }) => `${mark} ${text}`);
const anna = { address: 'anna@desk.example', name: 'Anna', role: 'lead' };

test('a desk with nobody in it is told that nobody reads what comes in', () => {
  expect(found([])).toEqual([expect.stringMatching(/^warning nobody reads what comes in/)]);
  expect(found([{ ...anna, role: 'developer' }])).toEqual([
    expect.stringMatching(/^warning nobody reads what comes in/),
  ]);
});

test('people who share the mailbox of the desk are told nothing of operators', () => {
  const mailbox = { name: 'support', host: 'imap.example', user: 'support', password: 'x', startFrom: 'now' };
  const config = configSchema.parse({
    desk: { name: 'Desk', address: 'support@desk.example' },
    mailboxes: [{ ...mailbox, sent: { folder: ['Sent'], read: true } }],
  });
  expect(checkOperators(config)).toEqual([]);
});

test('operators whose mail server states no proof of senders are warned of, with the setting that mends it', () => {
  expect(found([anna])).toEqual([expect.stringMatching(/^warning .*threading\.authservId$/)]);
});

test('a desk that nobody leads is told that nobody hears of its deadlines', () => {
  expect(found([{ ...anna, role: 'operator' }], { authservId: 'mx.desk.example' })).toEqual([
    expect.stringMatching(/^warning none of them is a lead/),
  ]);
});

test('operators with a lead and a mail server that checks senders are well', () => {
  expect(found([anna], { authservId: 'mx.desk.example' })).toEqual(['ok 1 operator, letters proven']);
});
