// What an admin experiences: a daemon that starts or says in one line why not, goes on where it can, and ends when told.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '../support/condition.ts';
import { mailboxOf, type PostRoom, postRoom, runKvitok } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { fateOf } from './fate.ts';

jest.setTimeout(30_000);

let dovecot: Dovecot;
let sink: SmtpSink;
const rooms: PostRoom[] = [];

beforeAll(async () => {
  const users = Array.from({ length: 20 }, (_, i) => [`desk${i}`, 'secret']);
  dovecot = await startDovecot({ users: Object.fromEntries(users) });
  sink = await startSmtpSink();
});
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.remove();
  sink.calm();
  sink.clear();
});
afterAll(async () => {
  await sink?.stop();
  await dovecot?.stop();
});

let used = 0;

/** A mailbox that nobody has read yet. */
function mailbox(changes: object = {}): { user: string; config: Record<string, unknown> } {
  used += 1;
  const user = `desk${used}`;
  return { user, config: mailboxOf(dovecot.port, user, changes) };
}

function desk(values: object): PostRoom {
  const room = postRoom({ smtp: { host: sink.host, port: sink.port, security: 'none' }, ...values });
  rooms.push(room);
  return room;
}

const write = (user: string, messageId: string, from = 'anna@client.example') =>
  dovecot.deliver(user, raw({ from, messageId }), { from: 'mta@client.example' });

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe('a daemon that cannot start', () => {
  test('for another one holds the data folder says which, and ends with 75; the first one goes on', async () => {
    const { user, config } = mailbox();
    const room = desk({ mailboxes: [config] });
    const first = await room.start();
    const second = room.launch();
    expect((await second.ended).code).toBe(75);
    expect(lines(second.stderr())).toHaveLength(1);
    expect(second.stderr()).toContain(`kvitok run, process ${first.pid} on ${os.hostname()}`);
    await write(user, 'to-the-first@client.example');
    expect((await fateOf(room, 'to-the-first@client.example')).disposition).toBe('opened');
  });

  test.each([
    ['is a file', 'no folder'],
    ['lies where nothing can be written', '/proc'],
  ])('for the data folder %s says so in one line', async (_what, place) => {
    const room = desk({ mailboxes: [mailbox().config], data: place === '/proc' ? '/proc/kvitok' : 'taken' });
    fs.writeFileSync(path.join(room.dir, 'taken'), 'a file in its place');
    const daemon = room.launch();
    expect((await daemon.ended).code).toBe(74);
    expect(lines(daemon.stderr())).toHaveLength(1);
    expect(daemon.stderr()).toContain('the data folder');
    expect(daemon.stderr()).toContain(place === '/proc' ? '/proc/kvitok' : path.join(room.dir, 'taken'));
  });

  test('for there is no configuration says how to make one, and ends with 78', async () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-none-'));
    const { code, stderr } = await runKvitok(['run'], dir);
    fs.rmSync(dir, { recursive: true });
    expect(code).toBe(78);
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toContain('kvitok init');
  });

  test('for its configuration is broken says every mistake with its line, and ends with 78', async () => {
    const room = desk({});
    fs.writeFileSync(
      room.configFile,
      '{\n  "desk": { "name": "Desk", "address": "nobody" },\n  "mailboxes": [{ "name": "A B" }],\n  "smpt": {}\n}\n',
    );
    const { code, stderr } = await room.command(['run']);
    expect(code).toBe(78);
    expect(stderr).toContain('kvitok.json:2: desk.address');
    expect(stderr).toContain('kvitok.json:3: mailboxes');
    expect(stderr).toContain('kvitok.json:4: smpt');
    fs.writeFileSync(room.configFile, '{ "desk": ');
    const cut = await room.command(['run']);
    expect(cut.code).toBe(78);
    expect(lines(cut.stderr)).toHaveLength(1);
  });
});

describe('a mailbox with trouble', () => {
  test('whose password is wrong is one alarm, and the other mailbox is read', async () => {
    const wrong = mailbox({ password: 'mistyped' });
    const right = mailbox();
    const room = desk({ mailboxes: [wrong.config, right.config] });
    const daemon = room.launch();
    const alarm = await daemon.said(({ event }) => event === 'auth-failed', 'the refused log-in is told');
    expect(alarm).toMatchObject({ level: 'error', mailbox: wrong.user });
    expect(JSON.stringify(daemon.log)).not.toContain('mistyped');
    await daemon.said((line) => line.event === 'connected' && line.mailbox === right.user, 'the other is watched');
    await write(right.user, 'to-the-right@client.example');
    expect((await fateOf(room, 'to-the-right@client.example')).disposition).toBe('opened');
    expect(daemon.log.filter(({ event }) => event === 'auth-failed')).toHaveLength(1);
    expect((await daemon.kill('SIGTERM')).code).toBe(0);
  });

  test('whose server is away for a while is read again when it is back', async () => {
    const { user, config } = mailbox();
    const room = desk({ mailboxes: [config] });
    const daemon = await room.start();
    await dovecot.down();
    await daemon.said(({ event }) => event === 'disconnected', 'the loss is told');
    await dovecot.up();
    await write(user, 'after-the-cut@client.example');
    expect((await fateOf(room, 'after-the-cut@client.example', 1, 20_000)).disposition).toBe('opened');
    expect(daemon.log.filter(({ event }) => event === 'connected')).toHaveLength(2);
  });
});

describe('letters that lay in the mailbox before kvitok', () => {
  const past = raw({ from: 'old@client.example', messageId: 'old@client.example' });

  test('are left alone with startFrom now, and the next new one is answered', async () => {
    const { user, config } = mailbox({ startFrom: 'now' });
    dovecot.drop(user, past);
    const room = desk({ mailboxes: [config] });
    await room.start();
    await write(user, 'new@client.example', 'new@client.example');
    await sink.waitFor((letter) => letter.to[0] === 'new@client.example', 10_000);
    expect(sink.letters).toHaveLength(1);
    expect(await dovecot.count(user)).toBe(1);
    expect(await room.store(async ({ spool }) => spool.after(0, 10).length)).toBe(1);
  });

  test('get their tickets and no answer with startFrom all', async () => {
    const { user, config } = mailbox({ startFrom: 'all' });
    dovecot.drop(user, past);
    const room = desk({ mailboxes: [config] });
    await room.start();
    expect(await fateOf(room, 'old@client.example')).toMatchObject({
      disposition: 'opened',
      silence: 'was in the mailbox before kvitok',
    });
    await write(user, 'newer@client.example', 'newer@client.example');
    await sink.waitFor((letter) => letter.to[0] === 'newer@client.example', 10_000);
    expect(sink.letters.map((letter) => letter.to[0])).toEqual(['newer@client.example']);
  });

  test('are known again when the server numbers its mailbox anew, and nobody is answered twice', async () => {
    const { user, config } = mailbox({ done: { flag: '$Kvitok' } });
    const room = desk({ mailboxes: [config] });
    const daemon = await room.start();
    await write(user, 'once@client.example', 'once@client.example');
    await sink.waitFor((letter) => letter.to[0] === 'once@client.example', 10_000);
    await until(
      async () => (await dovecot.letters(user)).some(({ flags }) => flags.includes('$Kvitok')),
      5_000,
      'the letter is flagged',
    );
    await daemon.kill('SIGTERM');
    await dovecot.renumber(user, 1_700_000_001);
    await room.start();
    expect(await fateOf(room, 'once@client.example', 2)).toMatchObject({ disposition: 'duplicate' });
    expect(sink.letters).toHaveLength(1);
  });
});

describe('a daemon that is told to end', () => {
  test('while letters are under way ends within 20 s with 0, and leaves no lease behind', async () => {
    const { user, config } = mailbox();
    const room = desk({ mailboxes: [config] });
    const daemon = await room.start();
    sink.trouble({ stage: 'dot', delay: 500 });
    for (let i = 0; i < 30; i++) {
      dovecot.drop(user, raw({ from: `c${i}@client.example`, messageId: `end-${i}@client.example` }));
    }
    await sink.waitFor((letter) => letter.to[0]?.startsWith('c') === true, 10_000);
    const start = Date.now();
    expect(await daemon.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(Date.now() - start).toBeLessThan(20_000);
    const left = await room.store(async ({ db }) => ({
      letters: await db.selectFrom('letters').select('id').where('lease_until', 'is not', null).execute(),
      sending: await db.selectFrom('outbox').select('id').where('lease_owner', 'is not', null).execute(),
    }));
    expect(left).toEqual({ letters: [], sending: [] });
    sink.calm();
    await room.start();
    for (let i = 0; i < 30; i++) await sink.waitFor((letter) => letter.to[0] === `c${i}@client.example`, 10_000);
    expect(sink.letters).toHaveLength(30);
  });

  test('while the mailbox and the SMTP server are away ends as well', async () => {
    const { config } = mailbox({ port: 1 });
    const room = desk({ mailboxes: [config], smtp: { host: '127.0.0.1', port: 1, security: 'none' } });
    const daemon = room.launch();
    await daemon.said(({ event }) => event === 'disconnected', 'the trouble is told');
    expect(await daemon.kill('SIGINT')).toEqual({ code: 0, signal: null });
    expect(fs.existsSync(path.join(room.data, 'lock.txt'))).toBe(false);
  });
});
