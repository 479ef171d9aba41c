// What an operator and an admin still get when the last step goes wrong: a server with a small SIZE, one that finds a letter too
// large only when it has it, one that takes no null return path, a template with a fault in it. Each through the running daemon.

import fs from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { png } from '../attachments/pictures.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { type Caught, type SinkOptions, type SmtpSink, startSmtpSink, type Trouble } from '../support/smtp-sink.ts';

jest.setTimeout(90_000);

const ANNA = 'anna@desk.example';
const ADMIN = 'admin@elsewhere.example';

/** Of pixels that are not compressed: about 40 KB. */
const PIXELS = deflateSync(Buffer.alloc(201 * 200), { level: 0 });
const SNAPSHOT = { contentType: 'image/png', content: png(200, 200, PIXELS), filename: 'снимок.png' };

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let users = 0;

beforeAll(async () => {
  const names = Array.from({ length: 8 }, (_, i) => `desk${i + 1}`);
  dovecot = await startDovecot({ users: Object.fromEntries(names.map((name) => [name, 'secret'])) });
});
afterAll(() => dovecot.stop());
afterEach(async () => {
  await room?.remove();
  await sink?.stop();
});

/** A desk of Anna's behind a server of this kind; gives how a customer writes to it. */
async function desk(server: SinkOptions, values: object = {}) {
  const user = `desk${++users}`;
  sink = await startSmtpSink(server);
  room = postRoom({
    operators: [{ address: ANNA, name: 'Анна' }],
    admin: { address: ADMIN },
    mailboxes: [mailboxOf(dovecot.port, user)],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
    notifications: { digestAt: 'never' },
    ...values,
  });
  return (sketch: LetterSketch) => dovecot.drop(user, raw({ from: 'Иван <ivan@client.example>', ...sketch }));
}

const forAnna = ({ to, raw: bytes }: Caught) => to[0] === ANNA && decode(bytes).subject.startsWith('[#');
const isAlarm = ({ to, raw: bytes }: Caught) =>
  to[0] === ADMIN && decode(bytes).subject === 'kvitok: Не удалось составить писем: 1';
const files = (letter: Caught) => decode(letter.raw).parts.map(({ filename }) => filename);

test('an operator behind a server with a small SIZE reads the letter without its file, and where to find that', async () => {
  const write = await desk({ size: 20_000 });
  await room.start();
  write({ text: 'Вот снимок.\n', parts: [SNAPSHOT] });
  const letter = await sink.waitFor(forAnna, 30_000);
  expect(files(letter)).toEqual([]);
  const { text } = decode(letter.raw);
  expect(text).toContain('Вот снимок.');
  expect(text).toMatch(/Сюда не поместились \(взять: kvitok attachments 10008 --save папка\): снимок\.png/);
  expect(letter.raw.length).toBeLessThan(20_000);
});

test('a server that says 552 only behind the last dot is given the letter once more without the file', async () => {
  const write = await desk({});
  const daemon = await room.start();
  sink.trouble({ stage: 'dot', answer: 552, over: 30_000 });
  write({ text: 'Вот снимок.\n', parts: [SNAPSHOT] });
  const letter = await sink.waitFor(forAnna, 30_000);
  expect(files(letter)).toEqual([]);
  const said = await daemon.said(({ msg }) => msg === 'notification sent', 'the log tells of it');
  expect(said.error).toMatch(/552/);
});

test.each<[string, readonly Trouble[]]>([
  ['that takes no pictures', [{ stage: 'dot', answer: 554, holding: 'image/png' }]],
  [
    'that takes neither the null return path nor a large letter',
    [
      { stage: 'rcpt', answer: 550, from: '' },
      { stage: 'dot', answer: 552, over: 30_000 },
    ],
  ],
])('an operator behind a server %s reads the letter without its file', async (_what, troubles) => {
  const write = await desk({});
  sink.trouble(...troubles);
  await room.start();
  write({ text: 'Вот снимок.\n', parts: [SNAPSHOT] });
  const letter = await sink.waitFor(forAnna, 30_000);
  expect(files(letter)).toEqual([]);
  expect(decode(letter.raw).text).toMatch(/Вот снимок\.[\s\S]+--save папка\): снимок\.png/);
});

test('an operator behind a server that refuses the customer’s very words hears that there are some', async () => {
  const write = await desk({}, { threading: { subaddresses: true } });
  sink.trouble({ stage: 'dot', answer: 554, holding: 'Casino' });
  await room.start();
  write({ text: 'Casino royale does not open.\n', parts: [SNAPSHOT] });
  const letter = await sink.waitFor(forAnna, 30_000);
  const { text, replyTo } = decode(letter.raw);
  expect(text).toMatch(/почтовый сервер его не принял: .*554/);
  expect(text).toContain('kvitok show 10008');
  expect(replyTo[0]?.address).toMatch(/^support\+.+@desk\.example$/);
});

test('an operator hears of a letter though the template for it is broken, and the admin hears of the template', async () => {
  const write = await desk({}, { templates: 'own', threading: { subaddresses: true } });
  const own = path.join(room.dir, 'own', 'ru');
  fs.mkdirSync(own, { recursive: true });
  fs.writeFileSync(path.join(own, 'notification-letter.txt'), 'Subject: {{ subject }}\n\n{{ nunber }}\n');
  await room.start();
  write({ text: 'Касса не печатает.\n' });
  const letter = await sink.waitFor(forAnna, 30_000);
  const { text, subject, replyTo } = decode(letter.raw);
  expect(subject).toMatch(/^\[#10008\] /);
  expect(text).toContain('kvitok show 10008');
  expect(text).toContain('nunber');
  expect(replyTo[0]?.address).toMatch(/^support\+.+@desk\.example$/);
  await sink.waitFor(isAlarm, 60_000);
});

test('an alarm that the server refuses with the null return path leaves from the support address', async () => {
  const write = await desk({}, { templates: 'own' });
  const own = path.join(room.dir, 'own', 'ru');
  fs.mkdirSync(own, { recursive: true });
  fs.writeFileSync(path.join(own, 'notification-letter.txt'), 'Subject: {{ subject }}\n\n{{ nunber }}\n');
  sink.trouble({ stage: 'mail', answer: 550, address: '' });
  await room.start();
  write({ text: 'Касса не печатает.\n' });
  const alarm = await sink.waitFor(isAlarm, 60_000);
  expect(alarm.from).toBe('support@desk.example');
  expect(decode(alarm.raw).fields.first('auto-submitted')).toBe('auto-generated');
});
