// What becomes of an acknowledgement when the SMTP server is away, busy, unwilling, or hangs up at the worst moment
// (RFC 5321 §4.2.1): sent once, or listed, never twice.

import net from 'node:net';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';

jest.setTimeout(30_000);

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let daemon: DaemonProcess;
let relay: net.Server;
let relayPort = 0;

beforeAll(async () => {
  dovecot = await startDovecot();
  sink = await startSmtpSink();
  relayPort = await freePort();
  room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    smtp: { host: '127.0.0.1', port: relayPort, security: 'none', connections: 2 },
  });
  daemon = await room.start();
});
afterEach(() => {
  sink.calm();
  sink.clear();
});
afterAll(async () => {
  await room?.remove();
  await sink?.stop();
  if (relay) await new Promise((resolve) => relay.close(resolve));
  await dovecot?.stop();
});

/** From now on the server answers at the port where nobody listened. */
async function serverComesBack(): Promise<void> {
  relay = net.createServer((socket) => {
    const onward = net.connect(sink.port, sink.host);
    socket.on('error', () => onward.destroy()).pipe(onward);
    onward.on('error', () => socket.destroy()).pipe(socket);
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(relayPort, '127.0.0.1', resolve));
}

const write = (from: string) =>
  dovecot.deliver('support', raw({ from, messageId: `letter-${from}` }), { from: 'mta@client.example' });

const outgoing = (to: string) =>
  room.store(({ db }) => db.selectFrom('outbox').selectAll().where('recipient', '=', to).executeTakeFirst());

const settledAs = (to: string, state: string) =>
  until(async () => ((await outgoing(to))?.state === state ? outgoing(to) : null), 10_000, `${to} is ${state}`);

const lettersTo = (address: string) => sink.letters.filter((letter) => letter.to[0] === address);

/** Somebody who wrote later is answered, so whatever was to be sent before has been. */
async function laterIsAnswered(address: string): Promise<void> {
  await write(address);
  await sink.waitFor((letter) => letter.to[0] === address, 10_000);
}

test('a server that is away makes everybody wait, is told of in one line, and gets each letter once when it is back', async () => {
  await write('anna@client.example');
  await write('boris@client.example');
  const line = await daemon.said(({ msg }) => /^letters cannot be sent/.test(msg), 'the trouble is told');
  expect(String(line.error)).toContain('nothing listens there');
  await until(async () => (await outgoing('boris@client.example')) !== undefined, 10_000, 'both are in the outbox');
  await serverComesBack();
  await settledAs('anna@client.example', 'sent');
  await settledAs('boris@client.example', 'sent');
  await laterIsAnswered('clara@client.example');
  expect(lettersTo('anna@client.example')).toHaveLength(1);
  expect(lettersTo('boris@client.example')).toHaveLength(1);
  // no attempt was counted: nobody was reached
  expect((await outgoing('anna@client.example'))?.attempts).toBe(1);
});

test('a server that says 451 gets the letter again a minute later, once', async () => {
  const address = 'dina@client.example';
  sink.trouble({ stage: 'rcpt', answer: 451, times: 1, address });
  const start = Date.now();
  await write(address);
  const waiting = await until(
    async () => {
      const row = await outgoing(address);
      return row?.state === 'queued' && row.last_error !== null ? row : null;
    },
    10_000,
    'the letter waits for its second attempt',
  );
  expect(waiting.not_before - start).toBeGreaterThan(50_000);
  expect(waiting.not_before - start).toBeLessThan(80_000);
  // the minute is over
  await room.store(({ db }) => db.updateTable('outbox').set({ not_before: 0 }).where('id', '=', waiting.id).execute());
  expect((await settledAs(address, 'sent'))?.attempts).toBe(2);
  expect(lettersTo(address)).toHaveLength(1);
});

test('a server that says 550 is not asked again, and the admin reads why', async () => {
  const address = 'egor@client.example';
  sink.trouble({ stage: 'rcpt', answer: 550, address });
  await write(address);
  const row = await settledAs(address, 'failed');
  expect(row?.attempts).toBe(1);
  expect(row?.last_error).toContain('refused');
  const line = await daemon.said(({ to }) => to === address, 'the failure is told');
  expect(line).toMatchObject({ level: 'error', msg: 'not sent, and not tried again' });
  await laterIsAnswered('fedor@client.example');
  expect(lettersTo(address)).toEqual([]);
});

test('a connection lost after the final dot leaves the letter unknown, and it is never sent a second time', async () => {
  const address = 'galina@client.example';
  sink.trouble({ stage: 'dot', answer: 'drop', times: 1 });
  await write(address);
  const row = await settledAs(address, 'unknown');
  expect(row?.last_error).toContain('after the whole letter was handed over');
  await laterIsAnswered('herman@client.example');
  expect(lettersTo(address)).toHaveLength(1);
});

test('a connection lost before the letter was handed over is tried again', async () => {
  const address = 'irina@client.example';
  sink.trouble({ stage: 'rcpt', answer: 'drop', times: 1, address });
  await write(address);
  await until(
    async () => {
      // whatever wait was set, it is over
      await room.store(({ db }) =>
        db.updateTable('outbox').set({ not_before: 0 }).where('recipient', '=', address).execute(),
      );
      return (await outgoing(address))?.state === 'sent';
    },
    10_000,
    'the letter is sent after all',
  );
  expect(lettersTo(address)).toHaveLength(1);
});
