// The daemon's work by single commands: one pass for cron, letters handed in by a pipe, letters that were set aside.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { until } from '../support/condition.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { fateOf, ticketIn } from './fate.ts';

jest.setTimeout(40_000);

let dovecot: Dovecot;
let sink: SmtpSink;
const rooms: PostRoom[] = [];

beforeAll(async () => {
  dovecot = await startDovecot({ users: { cron: 'secret', pipe: 'secret', poison: 'secret', other: 'secret' } });
  sink = await startSmtpSink();
});
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.remove();
  sink.clear();
});
afterAll(async () => {
  await sink?.stop();
  await dovecot?.stop();
});

function desk(user: string, changes: object = {}): PostRoom {
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, user, changes)],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
  });
  rooms.push(room);
  return room;
}

const letterFrom = (name: string) => raw({ from: `${name}@client.example`, messageId: `${name}@client.example` });

const answerTo = (name: string) => sink.waitFor((letter) => letter.to[0] === `${name}@client.example`, 10_000);

test('one pass takes in what is there, answers it and ends; what is there twice is answered once', async () => {
  const room = desk('cron');
  expect((await room.command(['once'])).code).toBe(0);
  dovecot.drop('cron', letterFrom('anna'));
  dovecot.drop('cron', letterFrom('anna'));
  const { code, stdout } = await room.command(['once']);
  expect(code).toBe(0);
  expect(stdout).toContain('one pass done');
  expect(sink.letters.map((letter) => letter.to[0])).toEqual(['anna@client.example']);
  expect(await dovecot.count('cron')).toBe(0);
});

test('one pass over a mailbox that does not answer says so and ends with 75', async () => {
  const { code, stdout } = await desk('cron', { port: 1 }).command(['once']);
  expect(code).toBe(75);
  expect(stdout).toContain('nothing listens there');
});

describe('a letter that a mail server pipes in', () => {
  test('is kept, answered and silent on standard output, with 0', async () => {
    const room = desk('pipe');
    const { code, stdout } = await room.command(['ingest'], letterFrom('boris'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(ticketIn(await answerTo('boris'))).toBe((await fateOf(room, 'boris@client.example')).ticket);
  });

  test('while the daemon runs is dealt with by the daemon', async () => {
    const room = desk('pipe');
    const daemon = await room.start();
    expect((await room.command(['ingest'], letterFrom('clara'))).code).toBe(0);
    await answerTo('clara');
    expect(daemon.log.some(({ msg }) => msg === 'ticket opened')).toBe(true);
  });

  test('and that can’t be kept is given back with 75, so that the mail server keeps it', async () => {
    const room = desk('pipe');
    fs.writeFileSync(room.data, 'a file in the place of the data folder');
    const { code, stderr } = await room.command(['ingest'], letterFrom('dina'));
    expect(code).toBe(75);
    expect(stderr.split('\n').filter(Boolean)).toHaveLength(1);
  });

  test('while something else holds the database is given back with 75 and accepted later', async () => {
    const room = desk('pipe');
    expect((await room.command(['ingest'], letterFrom('egor'))).code).toBe(0);
    const held = new Database(path.join(room.data, 'spool.db'));
    held.exec('begin exclusive');
    const refused = await room.command(['ingest'], letterFrom('fedor'));
    held.exec('rollback');
    held.close();
    expect(refused.code).toBe(75);
    expect((await room.command(['ingest'], letterFrom('fedor'))).code).toBe(0);
    await answerTo('fedor');
  });
});

describe('a letter that can’t be handled', () => {
  test('is set aside after three attempts, holds up nobody, and gets its ticket when it is tried again', async () => {
    const room = desk('poison');
    await (await room.start()).kill('SIGTERM');
    const poison = (statement: string) => {
      const file = new Database(path.join(room.data, 'kvitok.db'));
      file.exec(statement);
      file.close();
    };
    poison(`create trigger poison before insert on tickets when new.requester = 'galina@client.example'
      begin select raise(abort, 'nobody can handle this letter'); end`);
    const daemon = await room.start();
    dovecot.drop('poison', letterFrom('galina'));
    dovecot.drop('poison', letterFrom('herman'));
    await answerTo('herman');
    await until(
      async () => {
        // the waits between the attempts are over
        await room.store(({ db }) => db.updateTable('letters').set({ not_before: 0 }).execute());
        return daemon.log.some(({ msg }) => /^letter set aside/.test(msg));
      },
      20_000,
      'the letter is set aside',
    );
    const listed = await room.command(['quarantine', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ because: 'nobody can handle this letter', attempts: 3 }]);
    poison('drop trigger poison');
    expect((await room.command(['quarantine', 'retry', 'all'])).code).toBe(0);
    const answer = await answerTo('galina');
    expect(ticketIn(answer)).toBe((await fateOf(room, 'galina@client.example')).ticket);
  });
});

describe('a daemon that is killed', () => {
  test('while thirty letters are under way has all of them when it is started again, answered at most once', async () => {
    const room = desk('other');
    const first = await room.start();
    sink.trouble({ stage: 'dot', delay: 50 });
    const names = Array.from({ length: 30 }, (_, i) => `under-way-${i}`);
    for (const name of names) dovecot.drop('other', letterFrom(name));
    await until(() => sink.letters.length >= 3, 10_000, 'some are answered');
    expect(await first.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await room.start();
    for (const name of names) expect((await fateOf(room, `${name}@client.example`)).disposition).toBe('opened');
    const states = () => room.store(({ db }) => db.selectFrom('outbox').select(['recipient', 'state']).execute());
    await until(
      async () => (await states()).every(({ state }) => state === 'sent' || state === 'unknown'),
      10_000,
      'every answer has left or is unknown',
    );
    sink.calm();
    const unknown = (await states()).filter(({ state }) => state === 'unknown').map(({ recipient }) => recipient);
    expect(unknown.length).toBeLessThanOrEqual(4);
    for (const name of names) {
      const address = `${name}@client.example`;
      const answers = sink.letters.filter((letter) => letter.to[0] === address).length;
      expect([address, answers]).toEqual([address, unknown.includes(address) ? Math.min(answers, 1) : 1]);
    }
    await until(async () => (await dovecot.count('other')) === 0, 5_000, 'INBOX is empty');
    expect(await dovecot.count('other', 'Kvitok.Done')).toBe(30);
  });
});
