// The daemon with a listener and a mailbox: one desk, two ways in.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mtaAt, stuffed } from '../sources/lmtp-client.ts';
import { until } from '../support/condition.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { fateOf } from './fate.ts';

jest.setTimeout(30_000);

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let at: { host: string; port: number };

beforeAll(async () => {
  dovecot = await startDovecot();
  sink = await startSmtpSink();
  at = { host: '127.0.0.1', port: await freePort() };
  room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    listeners: [{ at }, { protocol: 'smtp', at: { path: 'smtp' } }],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
  });
});
afterAll(async () => {
  await room?.remove();
  await sink?.stop();
  await dovecot?.stop();
});

const letterOf = (name: string) => raw({ from: `${name}@client.example`, messageId: `${name}@client.example` });
const lines = (name: string) => [`MAIL FROM:<${name}@client.example>`, 'RCPT TO:<support@desk.example>'];

test('the same letter by IMAP and by LMTP is one, acknowledged once', async () => {
  const daemon = await room.start();
  await daemon.said((line) => line.event === 'listening', 'the listener listens');
  await dovecot.deliver('support', letterOf('anna'), { from: 'anna@client.example' });
  const first = await fateOf(room, 'anna@client.example');
  const mta = await mtaAt(at);
  await mta.agree('LHLO mx.desk.example', ...lines('anna'));
  expect(await mta.data(letterOf('anna'))).toMatch(/^250/);
  mta.kill();
  expect(await fateOf(room, 'anna@client.example', 2)).toMatchObject({
    disposition: 'duplicate',
    ticket: first.ticket,
  });
  await sink.waitFor((letter) => letter.to[0] === 'anna@client.example');
  expect(sink.letters.filter((letter) => letter.to[0] === 'anna@client.example')).toHaveLength(1);
  expect((await daemon.kill('SIGTERM')).code).toBe(0);
});

test('a unix socket is made beside the configuration, where its path starts', async () => {
  const daemon = await room.start();
  await daemon.said((line) => line.event === 'listening' && line.protocol === 'smtp', 'the socket is there');
  const mta = await mtaAt({ path: join(room.dir, 'smtp') });
  await mta.agree('EHLO mx.desk.example', ...lines('boris'));
  expect(await mta.data(letterOf('boris'))).toMatch(/^250/);
  mta.kill();
  expect((await fateOf(room, 'boris@client.example')).disposition).toBe('opened');
  expect((await daemon.kill('SIGKILL')).signal).toBe('SIGKILL');
});

test('a letter answered with 250 is there after the daemon was killed, one in the middle of DATA is not', async () => {
  const daemon = await room.start();
  await daemon.said((line) => line.event === 'listening', 'the listener listens');
  const [kept, cut] = [await mtaAt(at), await mtaAt(at)];
  await kept.agree('LHLO mx.desk.example', ...lines('clara'));
  await cut.agree('LHLO mx.desk.example', ...lines('dora'));
  expect(await cut.say('DATA')).toMatch(/^354/);
  cut.write(stuffed(letterOf('dora')).subarray(0, -3));
  expect(await kept.data(letterOf('clara'))).toMatch(/^250/);
  await daemon.kill('SIGKILL');
  expect(await cut.reply()).toBe('closed');
  const spooled = () => room.store(async ({ spool }) => spool.after(0, 100).length);
  const before = await spooled();

  const again = await room.start();
  expect((await fateOf(room, 'clara@client.example')).disposition).toBe('opened');
  await again.said((line) => line.event === 'listening' && line.protocol === 'lmtp', 'the listener listens');
  const retry = await until(() => mtaAt(at), 3_000, 'the MTA comes again');
  await retry.agree('LHLO mx.desk.example', ...lines('dora'));
  expect(await retry.data(letterOf('dora'))).toMatch(/^250/);
  retry.kill();
  expect((await fateOf(room, 'dora@client.example')).disposition).toBe('opened');
  expect(await spooled()).toBe(before + 1);
});
