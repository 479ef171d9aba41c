// The daemon writes to the admin by the way letters go out, and says over HTTP how it is.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';

jest.setTimeout(150_000);

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let port: number;
beforeAll(async () => {
  [dovecot, sink] = await Promise.all([startDovecot({ users: { desk: 'secret' } }), startSmtpSink()]);
  port = await freePort();
  room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'desk', { password: 'a password of before' })],
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' },
    admin: { address: 'admin@elsewhere.example' },
    web: { port },
  });
});
afterAll(async () => {
  await room.remove();
  await Promise.all([dovecot.stop(), sink.stop()]);
});

test('the admin is told by letter that the mailbox lets nobody in, and hears it once although kvitok is killed and started again', async () => {
  const daemon = room.launch();
  await daemon.said(({ msg }) => msg === 'alarm sent', 'the admin is written to', 60_000);
  const letter = await sink.waitFor(({ to }) => to[0] === 'admin@elsewhere.example');
  expect(letter.from).toBe('');
  const { subject, fields, text } = decode(letter.raw);
  expect(subject).toBe('kvitok: Сервер не пускает kvitok в ящик desk');
  expect(fields.first('auto-submitted')).toBe('auto-generated');
  expect(text).toMatch(/Подробности: \S/);
  expect(text).not.toContain('a password of before');
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(await health.json()).toMatchObject({
    status: 'ok',
    mailboxes: [{ mailbox: 'desk', state: 'login-refused', pollAgeSeconds: null }],
    troubles: [{ cause: 'auth-failed', subject: 'desk' }],
  });
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toMatch(/^kvitok_sendings_total\{kind="alarm",outcome="sent"\} 1$/m);
  await daemon.kill('SIGKILL');

  const again = room.launch();
  await again.said(({ event }) => event === 'auth-failed', 'the next process is let in no more than the first', 60_000);
  await again.kill('SIGTERM');
  const told = await room.store(({ db }) => db.selectFrom('outbox').select(['kind', 'state']).execute());
  expect(told).toEqual([{ kind: 'alarm', state: expect.stringMatching(/^(sent|sending|queued)$/) }]);
});
