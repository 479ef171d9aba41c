// What people and the admin notice of an IMAP server that misbehaves, through the running daemon: a Dovecot behind a wire.

import { afterEach, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { until } from '../support/condition.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Fate, startWire, type Wire } from '../support/wire.ts';

jest.setTimeout(90_000);

let dovecot: Dovecot;
let wire: Wire;
let sink: SmtpSink;
let room: PostRoom;

/** A desk that reads its mailbox over a wire on which `fate` decides. */
async function desk(fate: (line: string) => Fate): Promise<PostRoom> {
  dovecot = await startDovecot({ users: { support: 'secret' } });
  wire = await startWire(dovecot.port, 'imap');
  wire.onCommand(fate);
  sink = await startSmtpSink();
  room = postRoom({
    mailboxes: [mailboxOf(wire.port, 'support')],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
    admin: { address: 'admin@elsewhere.example' },
  });
  return room;
}
afterEach(async () => {
  await room?.remove();
  await sink?.stop();
  await wire?.stop();
  await dovecot?.stop();
});

const acknowledged = (ms = 30_000) => sink.waitFor(({ to }) => to[0] === 'ivan@client.example', ms);

test('a customer is answered within a minute after the server had too many connections, and no admin makes a new password', async () => {
  let refused = 0;
  const { launch } = await desk((line) =>
    / (LOGIN|AUTHENTICATE) /i.test(line) && ++refused <= 2
      ? { answer: 'NO [UNAVAILABLE] Too many simultaneous connections' }
      : 'pass',
  );
  const daemon = launch();
  await daemon.said(({ event }) => event === 'connected', 'the daemon is in', 60_000);
  dovecot.drop('support', raw({ messageId: 'one@client.example' }));
  await acknowledged();
  expect(daemon.log.filter(({ event }) => event === 'auth-failed')).toEqual([]);
  const told = sink.letters.filter(({ to }) => to[0] === 'admin@elsewhere.example');
  expect(told.map((letter) => decode(letter.raw).subject)).not.toContainEqual(expect.stringContaining('не пускает'));
});

test('a letter that the server neither moves nor expunges is answered once, and lies in the mailbox once', async () => {
  const { start } = await desk((line) => (/ UID MOVE /.test(line) ? { answer: 'OK Moved' } : 'pass'));
  await start();
  dovecot.drop('support', raw({ messageId: 'one@client.example' }));
  await acknowledged();
  await until(
    async () => (await dovecot.letters('support'))[0]?.flags.includes('$Kvitok'),
    10_000,
    'the letter is flagged',
  );
  dovecot.drop('support', raw({ messageId: 'two@client.example', text: 'Ещё вопрос.\n' }));
  await until(
    async () => (await dovecot.letters('support')).every(({ flags }) => flags.includes('$Kvitok')),
    10_000,
    'the next one is flagged as well',
  );
  expect(await dovecot.count('support')).toBe(2);
});

test('a letter from the future by the server’s clock has a deadline counted from now', async () => {
  const { start } = await desk(() => 'pass');
  await start();
  const before = Date.now();
  dovecot.drop('support', raw({ messageId: 'one@client.example' }), before + 400 * 86_400_000);
  await acknowledged();
  const { opened_at } = await room.store(({ db }) =>
    db.selectFrom('tickets').select('opened_at').executeTakeFirstOrThrow(),
  );
  expect(opened_at).toBeGreaterThanOrEqual(before - 1000);
  expect(opened_at).toBeLessThanOrEqual(Date.now());
});
