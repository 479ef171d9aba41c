// kvitok ingest as an MTA's pipe and as an admin's import: what it is handed is kept, or stays with whoever handed it over.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commandOf, plainEnvironment, spawnKvitok } from '../support/command.ts';
import { until } from '../support/condition.ts';
import { raw } from '../support/letter.ts';
import { commandLine, type Desk, freshDesk, writeLetter } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = freshDesk();
});
afterEach(() => desk.remove());

const letter = (n: number, more: object = {}) =>
  raw({
    messageId: `${n}@client.example`,
    from: `writer${n}@client.example`,
    subject: `Letter ${n}`,
    text: `Text ${n}\n`,
    ...more,
  });

const fates = () =>
  desk.store(({ db }) =>
    db.selectFrom('letters').select(['id', 'disposition', 'silence', 'subject']).orderBy('id').execute(),
  );

const put = (name: string, bytes: string | Uint8Array): string => {
  const file = path.join(desk.dir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeLetter(file, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  return file;
};

describe('a letter in a pipe', () => {
  test('is kept, gets its ticket and one acknowledgement however often it is handed over, and standard output stays empty', async () => {
    const { code, stdout } = await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, { input: letter(1) });
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: '' });
    expect(await fates()).toEqual([{ id: 1, disposition: 'opened', silence: null, subject: 'Letter 1' }]);
    expect(fs.readdirSync(path.join(desk.dir, 'outgoing'))).toHaveLength(1);

    // the MTA did not hear of it and hands the letter over once more
    expect((await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, { input: letter(1) })).code).toBe(0);
    expect(await fates()).toHaveLength(1);
    expect(fs.readdirSync(path.join(desk.dir, 'outgoing'))).toHaveLength(1);
  });

  test('that is empty is a letter too, and so is garbage in a file', async () => {
    expect((await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, { input: '' })).code).toBe(0);
    const garbage = ['\u0000\u0000\u0000', '\r\n\r\n', 'x'.repeat(3000)];
    const files = garbage.map((bytes, i) => put(`${i}.eml`, bytes));
    expect((await desk.run('ingest', ...files)).code).toBe(0);
    const all = await fates();
    expect(all).toHaveLength(4);
    for (const { disposition } of all) expect(disposition).not.toBeNull();
  });
});

describe('whatever is wrong, an MTA is told 75 and keeps the letter', () => {
  test('no configuration, a broken one, a wrong option', async () => {
    const none = path.join(desk.dir, 'none.json');
    expect(await commandLine(['ingest', '-c', none])).toMatchObject({
      code: 75,
      stderr: expect.stringMatching(/exist/),
    });
    expect((await commandLine(['ingest', '-c', put('broken.json', '{"desk": ')])).code).toBe(75);
    expect(await desk.run('ingest', '--quiet')).toMatchObject({
      code: 75,
      stderr: expect.stringMatching(/unknown option '--quiet'/),
    });
  });

  test('a data folder that is a file, or whose database is none', async () => {
    fs.writeFileSync(desk.data, '');
    expect(await desk.run('ingest')).toEqual({
      code: 75,
      stdout: '',
      stderr: `kvitok: the data folder ${desk.data} can't be used: it is no folder\n`,
    });
    fs.rmSync(desk.data);
    put('data/spool.db', 'no database '.repeat(500));
    expect(await desk.run('ingest')).toMatchObject({
      code: 75,
      stderr: expect.stringMatching(/^kvitok: the data folder .* is no SQLite database.*\n$/),
    });
  });

  test('a data folder that is read-only', async () => {
    fs.mkdirSync(desk.data, { mode: 0o500 });
    // root may write everywhere unless it gives that right up
    const under = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
    const { code, stderr } = await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, {
      input: letter(1),
      under,
    });
    expect(code).toBe(75);
    expect(stderr).toMatch(/^kvitok: the data folder .* can't be used: .*(rights|read-only).*\n$/);
    expect(fs.readdirSync(desk.data)).toEqual([]);
  });

  test('a disk without room for the letter, which comes in when there is room again', async () => {
    await desk.takeIn({});
    const large = letter(1, { text: `${'x'.repeat(3_000_000)}\n` });
    // a limit on the size of files is what a full disk looks like to a program
    const under = ['sh', '-c', 'trap "" XFSZ; exec prlimit --fsize=1000000 "$@"', 'sh'];
    const { code, stderr } = await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, { input: large, under });
    expect(code).toBe(75);
    expect(stderr).toMatch(/^kvitok ingest: not kept, try again later: /m);
    expect(await fates()).toHaveLength(1);
    expect((await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, { input: large })).code).toBe(0);
    expect((await fates()).at(-1)).toMatchObject({ disposition: 'opened', subject: 'Letter 1' });
  });
});

describe('an import', () => {
  test('takes files, a Maildir and an mbox in one go, each letter once', async () => {
    put('one.eml', letter(1));
    for (const [i, sub] of ['cur', 'new', 'tmp'].entries())
      put(`Maildir/${sub}/170000000${i}.M${i}.host:2,S`, letter(10 + i));
    const mbox = [20, 21].map(
      (n) => `From a@b.example Mon Mar  2 10:00:00 2026\n${Buffer.from(letter(n)).toString().replaceAll('\r', '')}\n`,
    );
    put('old.mbox', mbox.join(''));
    const { code, stderr } = await desk.run(
      'ingest',
      ...['one.eml', 'Maildir', 'old.mbox'].map((name) => path.join(desk.dir, name)),
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect((await fates()).map((row) => row.subject).toSorted()).toEqual([
      'Letter 1',
      'Letter 10',
      'Letter 11',
      'Letter 20',
      'Letter 21',
    ]);
  });

  test('answers nobody when it is silent, and each ticket says why', async () => {
    await desk.run('ingest', '--silent', put('one.eml', letter(1)));
    expect(await fates()).toEqual([
      expect.objectContaining({ disposition: 'opened', silence: expect.stringMatching(/silent/) }),
    ]);
    expect(
      fs.existsSync(path.join(desk.dir, 'outgoing')) && fs.readdirSync(path.join(desk.dir, 'outgoing')).length > 0,
    ).toBe(false);
  });

  test('names what it can not read, takes the rest, and says so by its exit code', async () => {
    fs.mkdirSync(path.join(desk.dir, 'folder'));
    const paths = ['none.eml', 'folder', 'one.eml'].map((name) => path.join(desk.dir, name));
    put('one.eml', letter(1));
    const { code, stderr } = await desk.run('ingest', ...paths);
    expect(code).toBe(66);
    expect(stderr).toContain(`kvitok ingest: ${paths[0]}: there is no such file\n`);
    expect(stderr).toContain(`kvitok ingest: ${paths[1]}: it is a folder\n`);
    expect(await fates()).toEqual([expect.objectContaining({ disposition: 'opened', subject: 'Letter 1' })]);
  });
});

test('a letter handed over while a daemon holds the folder is kept, and the daemon deals with it', async () => {
  const config = JSON.parse(fs.readFileSync(desk.configFile, 'utf8')) as object;
  // nothing listens there: the daemon runs on and tries again
  const mailbox = {
    name: 'gone',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    user: 'u',
    password: 'p',
    startFrom: 'now',
  };
  const withMailbox = put('run.json', JSON.stringify({ ...config, mailboxes: [mailbox] }));
  const [program, ...args] = commandOf(['run', '-c', withMailbox]);
  const daemon = spawn(program, args, { cwd: desk.dir, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => daemon.once('close', resolve));
  let log = '';
  daemon.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  try {
    await until(() => log.includes('kvitok runs'), 20_000, 'the daemon runs');
    const second = await spawnKvitok(['once', '-c', desk.configFile], desk.dir);
    expect(second).toMatchObject({ code: 75, stderr: expect.stringMatching(/is in use by kvitok run, process \d+ /) });
    const { code } = await spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, { input: letter(1) });
    expect(code).toBe(0);
    await until(() => log.includes('ticket opened'), 20_000, 'the daemon finds the letter');
    await until(
      () =>
        fs.existsSync(path.join(desk.dir, 'outgoing')) && fs.readdirSync(path.join(desk.dir, 'outgoing')).length === 1,
      10_000,
      'the writer is answered',
    );
  } finally {
    daemon.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
  expect(await fates()).toEqual([expect.objectContaining({ disposition: 'opened', subject: 'Letter 1' })]);
});
