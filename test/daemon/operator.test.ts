// An operator's token against the real daemon: a Dovecot mailbox in front whose server states who is proven, an SMTP server
// behind. What leaves is counted there.

import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import type { Message } from '../../src/mail/message.ts';
import type { DaemonProcess, PostRoom } from '../support/daemon.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { type Exchange, openExchange, replying, type Written } from './exchange.ts';

jest.setTimeout(90_000);

const IVAN = 'ivan@client.example';
const OLGA = 'olga@victim.example';
const ANNA = { address: 'anna@desk.example', name: 'Анна' };
const BORIS = { address: 'boris@desk.example', name: 'Борис' };

let exchange: Exchange;
let room: PostRoom;
let daemon: DaemonProcess;

beforeAll(async () => {
  exchange = await openExchange({
    operators: [ANNA, BORIS],
    threading: { authservId: 'mx.desk.example', signingKey: 'the first key of this test' },
  });
  room = exchange.room;
  daemon = await room.start();
});
afterAll(() => exchange?.close());

function change(values: object): void {
  const config = JSON.parse(readFileSync(room.configFile, 'utf8')) as object;
  writeFileSync(room.configFile, JSON.stringify({ ...config, ...values }));
}

/** Writes a letter to the desk; gives what became of it. */
const drop = async (letter: Written): Promise<string> => (await exchange.write(letter)).disposition;
const lettersTo = (address: string) => exchange.lettersTo(address);
const answersTo = (address: string) => lettersTo(address).filter(({ fields }) => !fields.has('auto-submitted'));
const lastTo = (address: string) => lettersTo(address).at(-1)!;

const fromAnna = (id: string, told: Message, change: LetterSketch = {}) => ({
  from: ANNA.address,
  ...replying(told),
  text: 'We fixed it.\n',
  ...change,
  messageId: `${id}@desk.example`,
});

test('a letter that an operator passes on as an attachment is asked about, and the question names its writer', async () => {
  const inner = raw({ from: 'petr@shop.example', subject: 'Корзина', text: 'Не открывается.\n' });
  const parts = [{ contentType: 'message/rfc822', content: inner, filename: 'Корзина.eml' }];
  expect(
    await drop({ from: ANNA.address, subject: 'Fwd: Корзина', messageId: 'fwd@desk.example', text: 'К нам.\n', parts }),
  ).toBe('quarantined');
  expect(lastTo(ANNA.address).text).toContain('petr@shop.example');
});

test('a token works for its operator, for its ticket, and for nobody who was removed', async () => {
  expect(await drop({ from: IVAN, subject: 'Printer', messageId: 'i@client.example' })).toBe('opened');
  const told = lastTo(ANNA.address);
  expect(await drop({ from: OLGA, subject: 'Secret', messageId: 'o@victim.example' })).toBe('opened');
  const other = lastTo(ANNA.address);

  const headers = [...replying(told).headers, ['X-Desk-Internal', 'panel 10.0.0.5'] as const];
  const answer = fromAnna('valid', told, { headers });
  expect(await drop(answer)).toBe('appended');
  const [relayed, ...more] = answersTo(IVAN);
  expect(more).toEqual([]);
  expect(relayed).toMatchObject({
    from: [{ name: 'Анна', address: 'support@desk.example' }],
    to: [{ address: IVAN }],
    text: expect.stringMatching(/^We fixed it\.\n?$/),
  });
  const caught = exchange.sink.letters.find(({ raw }) => decode(raw).messageId === relayed!.messageId)!;
  expect(caught).toMatchObject({ from: 'support@desk.example', to: [IVAN] });
  expect(caught.raw.toString('latin1')).not.toMatch(/anna@|x-desk|received:|authentication-results/i);

  // the same letter by another way, with another trace
  expect(await drop({ ...answer, headers: [['X-Trace', 'again'], ...headers] })).toBe('duplicate');
  // this ticket's token under the other one's subject, and the other way round
  expect(await drop(fromAnna('swapped', told, { subject: other.subject }))).toBe('quarantined');
  // somebody who is not on the ticket
  expect(await drop(fromAnna('copied', told, { cc: 'mallory@evil.example', text: 'Cc.\n' }))).toBe('quarantined');
  expect(lastTo(ANNA.address).text).toContain('mallory@evil.example');
  expect(lettersTo('mallory@evil.example')).toEqual([]);
  // another operator's token
  expect(await drop({ ...fromAnna('stolen', lettersTo(BORIS.address)[0]!), text: 'Stolen.\n' })).toBe('quarantined');
  // without the server's pass
  const { letter: bare } = await exchange.write(fromAnna('bare', told, { text: 'Bare.\n' }), { result: 'dmarc=none' });
  await daemon.said(({ event, letter }) => event === 'operator-unproven' && letter === bare, 'the bare one is told');

  change({ operators: [BORIS] });
  process.kill(daemon.pid, 'SIGHUP');
  await daemon.said(({ event }) => event === 'reload', 'the operator is gone');
  expect(await drop(fromAnna('removed', told, { text: 'Removed.\n' }))).toBe('opened');
  expect(answersTo(IVAN)).toHaveLength(1);
  expect(answersTo(OLGA)).toEqual([]);
});

test('a token is worth nothing once its key is believed no more', async () => {
  const told = lettersTo(BORIS.address).find(({ subject }) => subject.includes('Secret'))!;
  expect((await daemon.kill('SIGTERM')).code).toBe(0);
  change({ threading: { authservId: 'mx.desk.example', signingKey: 'the second key of this test' } });
  daemon = await room.start();
  const answer = { ...fromAnna('late', told), from: BORIS.address, text: 'Late.\n' };
  expect(await drop(answer)).toBe('quarantined');
  expect(answersTo(OLGA)).toEqual([]);
});
