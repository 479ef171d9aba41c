// kvitok backup and restore: a copy taken while letters come in, put back without losing what is there.

import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { create, extract, list } from 'tar';
import { lockFolder } from '../../src/store/lock.ts';
import { spawnKvitok } from '../support/command.ts';
import { raw } from '../support/letter.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
let file = '';
beforeEach(() => {
  desk = freshDesk();
  file = path.join(desk.dir, 'backup.tar');
});
afterEach(() => desk.remove());

const subjects = async () =>
  (JSON.parse((await desk.run('tickets', '--json')).stdout) as { subject: string }[]).map((ticket) => ticket.subject);

describe('a backup', () => {
  test('holds both databases and nothing of the configuration, and is for its owner alone', async () => {
    await desk.takeIn({ subject: 'One' });
    const { code, stdout } = await desk.run('backup', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/backup\.tar: [\d.]+ kB\n$/) });
    const names: string[] = [];
    await list({ file, onReadEntry: (entry) => void names.push(entry.path) });
    expect(names.toSorted()).toEqual(['kvitok.db', 'spool.db']);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(desk.dir).filter((name) => name.includes('.part-'))).toEqual([]);
  });

  test('taken while letters come in is a state that was: every letter it deals with is in its spool', async () => {
    await desk.takeIn({ subject: 'One' });
    let writing = true;
    let kept = 0;
    const writer = desk.store(async ({ spool }) => {
      while (writing) {
        const envelope = { from: 'ivan@client.example', to: ['support@desk.example'] };
        const letter = raw({ messageId: `busy-${kept}@client.example`, text: `${kept} ${'x'.repeat(20_000)}\n` });
        spool.keep(
          [{ source: 'file', key: `file:busy-${kept}`, receivedAt: Date.now(), envelope, raw: letter }],
          Date.now(),
        );
        kept += 1;
        await turn();
      }
    });
    expect((await desk.run('backup', file)).code).toBe(0);
    writing = false;
    await writer;
    expect(kept).toBeGreaterThan(1);
    expect((await desk.run('restore', file)).code).toBe(0);
    expect(await subjects()).toEqual(['One']);
    expect((await desk.run('once')).code).toBe(0);
    await desk.store(async ({ db, spool }) => {
      const rows = await db.selectFrom('letters').select(['id', 'disposition']).execute();
      expect(rows.length).toBeLessThanOrEqual(kept + 1);
      for (const row of rows) {
        expect(row.disposition).not.toBeNull();
        expect(spool.raw(row.id)).not.toBeNull();
      }
    });
  });

  test('never overwrites a file', async () => {
    await desk.takeIn({});
    fs.writeFileSync(file, 'the backup of yesterday');
    expect(await desk.run('backup', file)).toEqual({
      code: 73,
      stdout: '',
      stderr: `kvitok backup: ${file} is there already; name another file\n`,
    });
    expect(fs.readFileSync(file, 'utf8')).toBe('the backup of yesterday');
  });

  test('of every night leaves as many as are kept, by the dates in their names, and nothing else is touched', async () => {
    await desk.takeIn({});
    const at = (name: string) => path.join(desk.dir, name);
    const old = ['2026-11-30', '2026-11-29', '2026-11-02', '2025-12-31'].map((date) => `kvitok-${date}.tar`);
    const others = [
      'kvitok-2020-01-01.tar.gz',
      'before-kvitok-2020-01-01.tar',
      'kvitok-latest.tar',
      'other-2020-01-01.tar',
    ];
    for (const name of [...old, ...others]) fs.writeFileSync(at(name), 'x');
    fs.mkdirSync(at('kvitok-2019-01-01.tar'));
    const { code, stdout } = await desk.run('backup', '--keep', '3', at('kvitok-2026-12-01.tar'));
    expect({ code, removed: stdout.trimEnd().split('\n').slice(1) }).toEqual({
      code: 0,
      removed: ['2026-11-02', '2025-12-31'].map((date) => `${at(`kvitok-${date}.tar`)}: removed, 3 are kept`),
    });
    const left = fs.readdirSync(desk.dir).filter((name) => name.includes('20') || name.includes('latest'));
    const kept = ['kvitok-2026-12-01.tar', ...old.slice(0, 2), ...others, 'kvitok-2019-01-01.tar'];
    expect(left.toSorted()).toEqual(kept.toSorted());
  });

  test('whose name has no date, or that is to keep none, is refused before anything is written', async () => {
    await desk.takeIn({});
    expect(await desk.run('backup', '--keep', '3', file)).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/^kvitok backup: --keep knows old backups by the date in their names: .*\n$/),
    });
    expect((await desk.run('backup', '--keep', '0', path.join(desk.dir, 'b-2026-12-01.tar'))).code).toBe(64);
    expect(fs.readdirSync(desk.dir).filter((name) => name.endsWith('.tar'))).toEqual([]);
  });

  test('that would take the room kept for letters is refused, with how much is missing', async () => {
    await desk.takeIn({});
    const config = JSON.parse(fs.readFileSync(desk.configFile, 'utf8')) as object;
    fs.writeFileSync(desk.configFile, JSON.stringify({ ...config, disk: { reserveMegabytes: 1_000_000 } }));
    const { code, stderr } = await desk.run('backup', file);
    expect(code).toBe(73);
    expect(stderr).toMatch(
      /can't be written: it needs [\d.]+ \wB for a moment, beside the .* that are kept free for letters, and .* are free\n$/,
    );
  });

  test('into a folder that is missing is refused in one line', async () => {
    await desk.takeIn({});
    const nowhere = path.join(desk.dir, 'missing/backup.tar');
    expect(await desk.run('backup', nowhere)).toEqual({
      code: 73,
      stdout: '',
      stderr: `kvitok backup: ${nowhere} can't be written: there is no such file or folder\n`,
    });
  });
});

describe('a restore', () => {
  test('on a new machine brings every ticket, letter and attachment back', async () => {
    const parts = [{ contentType: 'image/png', content: 'bytes', filename: 'a.png' }];
    await desk.takeIn({ subject: 'One', parts }, { subject: 'Two' });
    const before = await desk.run('show', '10008', '--json');
    await desk.run('backup', file);
    fs.rmSync(desk.data, { recursive: true });
    const { code, stdout } = await desk.run('restore', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `restored into ${desk.data}; kvitok run starts from it\n` });
    expect(await subjects()).toEqual(['Two', 'One']);
    expect((await desk.run('show', '10008', '--json')).stdout).toBe(before.stdout);
    expect((await desk.run('attachments', '10008', '--save', path.join(desk.dir, 'out'))).code).toBe(0);
  });

  test('over data moves what was there aside, where it still works', async () => {
    await desk.takeIn({ subject: 'One' });
    await desk.run('backup', file);
    await desk.takeIn({ subject: 'Two' });
    const { stdout } = await desk.run('restore', file);
    expect(await subjects()).toEqual(['One']);
    const aside = /^what was there is kept in (.*)$/m.exec(stdout)?.[1] ?? '';
    expect(path.dirname(aside)).toBe(desk.data);
    const config = JSON.parse(fs.readFileSync(desk.configFile, 'utf8')) as object;
    fs.writeFileSync(desk.configFile, JSON.stringify({ ...config, data: aside }));
    expect(await subjects()).toEqual(['Two', 'One']);
  });

  test('gives the next ticket the next number', async () => {
    await desk.takeIn({ subject: 'One' });
    await desk.run('backup', file);
    await desk.run('restore', file);
    await desk.takeIn({ subject: 'Two' });
    expect((await desk.run('tickets', '--json')).stdout).toContain('"10019"');
  });

  const unusable: readonly { what: string; make: () => void | Promise<void>; says: RegExp }[] = [
    { what: 'is missing', make: () => fs.rmSync(file), says: /there is no file / },
    { what: 'is empty', make: () => fs.writeFileSync(file, ''), says: /is no backup of kvitok/ },
    { what: 'is something else', make: () => fs.writeFileSync(file, 'x'.repeat(5000)), says: /is no backup of kvitok/ },
    {
      what: 'is cut off',
      make: () => fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2)),
      says: /is no backup of kvitok that is whole: its end is missing; copy it again, or take another$/m,
    },
    {
      what: 'ends within the head of a file in it',
      make: () => fs.truncateSync(file, 100),
      says: /is no backup of kvitok/,
    },
    {
      what: 'has a letter of which three bytes are others',
      make: () => changed('Subject: One', 'Subject: Ten'),
      says: /1 letter in .* is damaged: 1; take another backup, or this one with --despite-damage$/m,
    },
    {
      what: 'has lost the bytes of a letter that nobody removed',
      make: () => altered('spool.db', 'delete from raw'),
      says: /1 letter in .* is damaged: 1;/,
    },
    {
      what: 'has a trigger in it',
      make: () => altered('kvitok.db', 'create trigger t after insert on letters begin delete from tickets; end'),
      says: /kvitok\.db in .* has a trigger that is not kvitok's: t$/m,
    },
    {
      what: 'has a view in the place of a table',
      make: () => altered('spool.db', 'drop table removals; create view removals as select 1 as letter'),
      says: /spool\.db in .* has a view that is not kvitok's: removals$/m,
    },
    {
      what: 'lacks a table',
      make: () => altered('kvitok.db', 'drop table participants'),
      says: /kvitok\.db in .* lacks table participants$/m,
    },
    {
      what: 'has a table of something else',
      make: () => altered('kvitok.db', 'create table customers (id)'),
      says: /kvitok\.db in .* has what is not kvitok's: /,
    },
    {
      what: 'a newer kvitok wrote',
      make: () => altered('spool.db', 'pragma user_version = 99'),
      says: /spool\.db in .* was written by a newer version of kvitok; install that one$/m,
    },
    { what: 'has a damaged database', make: damageDatabase, says: /kvitok\.db in .* is damaged/ },
    {
      what: 'has a database that is none',
      make: () => packed('kvitok.db', 'spool.db'),
      says: /kvitok\.db in .* is damaged/,
    },
    {
      what: 'lacks the letters',
      make: () => packed('kvitok.db'),
      says: /kvitok\.db in .* is damaged|spool\.db is missing in it/,
    },
  ];

  test.each(unusable)('of a file that $what changes nothing', async ({ make, says }) => {
    await desk.takeIn({ subject: 'One' });
    await desk.run('backup', file);
    await make();
    const { code, stdout, stderr } = await desk.run('restore', file);
    expect([65, 66]).toContain(code);
    expect(stdout).toBe('');
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await subjects()).toEqual(['One']);
    expect(fs.readdirSync(desk.data).filter((name) => /restore/.test(name))).toEqual([]);
  });

  test('of a backup with a damaged letter goes on where that is wanted, and check names the letter', async () => {
    await desk.takeIn({ subject: 'One' }, { subject: 'Two' });
    await desk.run('backup', file);
    changed('Subject: One', 'Subject: Ten');
    const { code, stderr } = await desk.run('restore', file, '--despite-damage');
    expect({ code, stderr }).toEqual({ code: 0, stderr: `kvitok restore: 1 letter in ${file} is damaged: 1\n` });
    expect(await subjects()).toEqual(['Two', 'One']);
    const looked = async (...options: string[]) => (await desk.run('check', '--offline', ...options)).stdout;
    expect(await looked('--ledger')).not.toContain('damaged');
    expect(await looked('--ledger', '--bytes')).toMatch(
      /^problem {2}ledger: letters whose bytes are damaged: 1; put a backup back with kvitok restore$/m,
    );
  });

  test('of letters that were removed is no damage', async () => {
    await desk.takeIn({ from: 'ivan@client.example' }, { from: 'olga@client.example' });
    await desk.run('forget', 'ivan@client.example', '--yes');
    await desk.run('backup', file);
    expect(await desk.run('restore', file)).toMatchObject({ code: 0, stderr: '' });
    expect((await desk.run('check', '--offline', '--ledger', '--bytes')).stdout).toMatch(
      /^ok {7}ledger: every letter is byte for byte what was kept$/m,
    );
  });

  test('is refused while a daemon holds the folder, with who that is', async () => {
    await desk.takeIn({ subject: 'One' });
    await desk.run('backup', file);
    const lock = lockFolder(desk.data, 'kvitok run');
    try {
      const { code, stderr } = await spawnKvitok(['restore', file, '-c', desk.configFile], desk.dir);
      expect(code).toBe(75);
      expect(stderr).toMatch(/^kvitok: the data folder .* is in use by kvitok run, process \d+ on .*\n$/);
    } finally {
      if ('release' in lock) lock.release();
    }
    expect(await subjects()).toEqual(['One']);
  });
});

/** Zeroes in the middle of the tables, the file's head left as it is. */
async function damageDatabase(): Promise<void> {
  const bytes = fs.readFileSync(file);
  bytes.fill(0, 512 + 4096, 512 + 5 * 4096);
  fs.writeFileSync(file, bytes);
}

/** Bytes of the file are others, as a failing disk or a careless hand leaves them. */
function changed(from: string, to: string): void {
  const bytes = fs.readFileSync(file);
  const at = bytes.indexOf(from, bytes.indexOf('spool.db'));
  bytes.write(to, at);
  fs.writeFileSync(file, bytes);
}

/** The backup with one of its databases altered. */
async function altered(name: string, sql: string): Promise<void> {
  const dir = path.join(desk.dir, 'altered');
  fs.mkdirSync(dir);
  await extract({ file, cwd: dir });
  const database = new Database(path.join(dir, name));
  database.exec(`pragma foreign_keys = off; ${sql}`);
  database.close();
  await create({ file, cwd: dir }, ['kvitok.db', 'spool.db']);
}

/** A tar of files with these names and no databases in them. */
async function packed(...names: string[]): Promise<void> {
  const dir = path.join(desk.dir, 'pack');
  fs.mkdirSync(dir);
  for (const name of names) fs.writeFileSync(path.join(dir, name), 'no database '.repeat(1000));
  await create({ file, cwd: dir }, names);
}
