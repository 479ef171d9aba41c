// The daemon writes to the admin by the way letters go out.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';

jest.setTimeout(60_000);

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
beforeAll(async () => {
  [dovecot, sink] = await Promise.all([startDovecot({ users: { desk: 'secret' } }), startSmtpSink()]);
  room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'desk', { password: 'a password of before' })],
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' },
    admin: { address: 'admin@elsewhere.example' },
  });
});
afterAll(async () => {
  await room.remove();
  await Promise.all([dovecot.stop(), sink.stop()]);
});

test('the admin is told by letter that the mailbox lets nobody in, and hears it once although kvitok is killed and started again', async () => {
  const daemon = room.launch();
  await daemon.said(({ msg }) => msg === 'alarm sent', 'the admin is written to', 40_000);
  const letter = await sink.waitFor(({ to }) => to[0] === 'admin@elsewhere.example');
  expect(letter.from).toBe('');
  const { subject, fields, text } = decode(letter.raw);
  expect(subject).toBe('kvitok: Сервер не пускает kvitok в ящик desk');
  expect(fields.first('auto-submitted')).toBe('auto-generated');
  expect(text).toMatch(/Подробности: \S/);
  expect(text).not.toContain('a password of before');
  await daemon.kill('SIGKILL');

  const again = room.launch();
  await again.said(({ event }) => event === 'auth-failed', 'the next process is let in no more than the first');
  await again.kill('SIGTERM');
  const told = await room.store(({ db }) => db.selectFrom('outbox').select(['kind', 'state']).execute());
  expect(told).toEqual([{ kind: 'alarm', state: expect.stringMatching(/^(sent|sending|queued)$/) }]);
});
