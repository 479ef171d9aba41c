// Letters that are slow to read, sort or send on, through the real daemon: nobody else may wait for them. Measured is how long
// its main thread works without a pause.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { until } from '../support/condition.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { longestWork, measuringDelay } from '../support/loop-delay.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { settled } from './hostile/evidence.ts';

jest.setTimeout(120_000);

const MOST_MS = 300;
const ANNA = 'anna@desk.example';

const MB = 1024 * 1024;
const filled = (piece: string) => piece.repeat(Math.floor(MB / Buffer.byteLength(piece)));
const plain = (subject: string, text: string) =>
  Buffer.from(
    [
      'From: Иван <ivan@client.example>',
      'To: support@desk.example',
      `Subject: ${subject}`,
      `Message-ID: <${subject.replace(/\W/g, '-')}@client.example>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      text.replaceAll('\n', '\r\n'),
    ].join('\r\n'),
  );
const html = (subject: string, body: string) =>
  Buffer.from(plain(subject, body).toString('utf8').replace('text/plain', 'text/html'));

const SLOW: readonly Buffer[] = [
  plain('empty lines', `Не печатает.${filled('\n')}Помогите.`),
  plain('short lines', filled('а\n')),
  plain('one line', filled('слово ')),
  plain('quoted lines', `Нет.\n\nИван пишет:\n${filled('> а\n')}`),
  plain('passwords', filled('пароль: Qwe123\n')),
  plain('tables', filled('host | login | password\n1 | 2 | Qwe123\n')),
  plain('links', filled('https://shop.example/a?b=1 ')),
  plain('commands', filled('#закрыть\n')),
  plain('no spaces', filled('ж')),
  html('deep', `${'<div>'.repeat(50_000)}x`),
  html('rows', `<table>${filled('<tr><td>1</td></tr>')}</table>`),
  html('breaks', filled('<br>')),
];

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let delayFile: string;

beforeAll(async () => {
  dovecot = await startDovecot({ users: { support: 'secret' } });
  sink = await startSmtpSink();
  room = postRoom({
    operators: [{ address: ANNA, name: 'Анна' }],
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
    notifications: { digestAt: 'never', perHour: 10_000 },
    threading: { subaddresses: true },
  });
  delayFile = path.join(room.dir, 'delay');
  await room.start({ env: measuringDelay(delayFile) });
});
afterAll(async () => {
  await room?.remove();
  await sink?.stop();
  await dovecot?.stop();
});

test('no letter keeps the others waiting for more than 300 ms, and each is told of', async () => {
  await until(() => fs.existsSync(delayFile), 10_000, 'the measuring has begun');
  for (const letter of SLOW) dovecot.drop('support', letter);
  await settled(room, SLOW.length, 60_000);
  await until(
    () => sink.letters.filter(({ to }) => to.includes(ANNA)).length >= SLOW.length,
    60_000,
    'all are told of',
  );
  expect(longestWork(delayFile)).toBeLessThan(MOST_MS);
});

/** Of nothing but what has to be looked at closely before it may leave. */
const ANSWERS: readonly string[] = [
  'aab ',
  'Иван <support+aaqtaaaaaaaaaabbbbbbbbbbccccccccccddddddd@desk.example>\n',
  'anna@desk.example kvitok.notification.10008.abcdefgh.abcdefghabcdefgh@kvitok.desk.example ',
  'https://',
  '\ufdfa',
  '&amp;#64;%40=40<b>x</b>',
  '#закрыть ',
  '<b>&amp;</b>\n',
];

test('no answer of an operator does, whatever it is made of', async () => {
  const told = decode(sink.letters.find(({ to }) => to.includes(ANNA))!.raw);
  const before = sink.letters.length;
  for (const [i, piece] of ANSWERS.entries()) {
    const text = `Ответ ${i}.\n${piece.repeat(Math.floor(58_000 / piece.length)).replace(/.{900}/g, '$&\n')}`;
    const letter = plain(`Re ${i}`, text).toString('utf8');
    dovecot.drop(
      'support',
      Buffer.from(
        letter
          .replace(/From: .*/, `From: ${ANNA}`)
          .replace(/To: .*/, `To: ${told.replyTo[0]!.address}`)
          .replace('Subject: ', `In-Reply-To: <${told.messageId}>\r\nSubject: `),
      ),
    );
  }
  await settled(room, SLOW.length + ANSWERS.length, 60_000);
  // each leaves for the customer, or its writer is asked
  await until(() => sink.letters.length >= before + ANSWERS.length, 60_000, 'something follows from each');
  expect(longestWork(delayFile)).toBeLessThan(MOST_MS);
});
