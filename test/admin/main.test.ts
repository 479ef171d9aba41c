// The command line as a whole: what an admin is told who mistypes, forgets, or asks.

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RESTORE_MARK } from '../../src/store/store.ts';
import { commandLine, type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = freshDesk();
});
afterEach(() => desk.remove());

/** Names of commands as the help lists them. */
async function commands(...parents: string[]): Promise<readonly string[]> {
  const { stdout } = await commandLine([...parents, '--help']);
  const list = stdout.slice(stdout.indexOf('\nCommands:'));
  return stdout.includes('\nCommands:')
    ? [...list.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1]!).filter((name) => name !== 'help')
    : [];
}

describe('help', () => {
  test('lists every command, and goes to standard output', async () => {
    const { code, stdout, stderr } = await commandLine(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of [
      'init',
      'check',
      'run',
      'once',
      'ingest',
      'inspect',
      'tickets',
      'show',
      'why',
      'outbox',
      'quarantine',
      'attachments',
      'export',
      'set',
      'sla',
      'recode',
      'backup',
      'restore',
      'config',
    ])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test('of every command shows an example of just this command', async () => {
    for (const name of await commands()) {
      for (const line of [[name], ...(await commands(name)).map((sub) => [name, sub])]) {
        if ((await commands(...line)).length > 0) continue;
        const { code, stdout } = await commandLine([...line, '--help']);
        expect({ line, code }).toEqual({ line, code: 0 });
        expect(stdout).toMatch(new RegExp(`\\nExamples?[^\\n]*:\\n(.*\\n)*? +.*\\bkvitok ${line.join(' ')}\\b`));
      }
    }
  });

  test('is the same by either way of asking', async () => {
    const asked = await commandLine(['help', 'tickets']);
    expect(asked.stdout).toBe((await commandLine(['tickets', '--help'])).stdout);
  });
});

describe('a slip of the hand', () => {
  test('in a command is told with what was meant', async () => {
    const { code, stdout, stderr } = await commandLine(['tikets']);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(/^error: unknown command 'tikets'\n\(Did you mean tickets\?\)\n/);
  });

  test.each([
    { args: ['tickets', '--serach', 'x'], says: /unknown option '--serach'\n\(Did you mean --search\?\)/ },
    { args: ['tickets', '--search'], says: /option '--search <words>' argument missing/ },
    { args: ['show'], says: /missing required argument 'id'/ },
    { args: ['backup'], says: /missing required argument 'file'/ },
    { args: ['show', '10008', '10019'], says: /too many arguments/ },
    { args: ['inspect'], says: /name at least one file, or - for standard input/ },
    { args: ['quarantine'], says: /Commands:/ },
    { args: ['quarantine', 'lsit'], says: /unknown command 'lsit'/ },
  ])('$args is told on standard error, with the exit code for usage', async ({ args, says }) => {
    const { code, stdout, stderr } = await commandLine(args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('a command that looks at data', () => {
  const LOOKING = [
    ['tickets'],
    ['show', '10008'],
    ['why', '10008'],
    ['outbox'],
    ['quarantine', 'list'],
    ['attachments', '10008'],
    ['backup', 'x.tar'],
  ];

  test.each(LOOKING)('%s says where there is none yet, and makes none', async (...args) => {
    expect(await desk.run(...args)).toEqual({
      code: 66,
      stdout: '',
      stderr: `kvitok: there is no data in ${desk.data} yet; kvitok run, kvitok once or kvitok ingest makes it\n`,
    });
    expect(fs.existsSync(desk.data)).toBe(false);
    expect(fs.existsSync('x.tar')).toBe(false);
  });

  test.each(LOOKING)('%s says where a database is none, in one line', async (...args) => {
    fs.mkdirSync(desk.data);
    for (const name of ['kvitok.db', 'spool.db'])
      fs.writeFileSync(path.join(desk.data, name), 'no database '.repeat(500));
    expect(await desk.run(...args)).toEqual({
      code: 74,
      stdout: '',
      stderr: `kvitok: the data folder ${desk.data} can't be used: a file in it is no SQLite database; put a backup back with kvitok restore\n`,
    });
  });

  test('says where a restore was cut off, and not that there is no data', async () => {
    await desk.takeIn({});
    fs.writeFileSync(path.join(desk.data, RESTORE_MARK), '');
    expect(await desk.run('tickets')).toEqual({
      code: 74,
      stdout: '',
      stderr: `kvitok: the data folder ${desk.data} can't be used: a restore into it did not come to its end; run kvitok restore once more\n`,
    });
  });

  test('says where the data is of another version', async () => {
    await desk.takeIn({});
    execFileSync(process.execPath, [
      '-e',
      `new (require('node:sqlite').DatabaseSync)('${desk.data}/kvitok.db').exec('alter table tickets rename to elsewhere')`,
    ]);
    expect(await desk.run('tickets')).toMatchObject({
      code: 74,
      stdout: '',
      stderr: expect.stringMatching(/^kvitok: .* written by another version of kvitok; .*\n$/),
    });
  });
});

test('without a configuration every command says how to get one', async () => {
  const { code, stderr } = await commandLine(['tickets', '-c', path.join(desk.dir, 'none.json')]);
  expect(code).toBe(78);
  expect(stderr).toMatch(/^.*none\.json does not exist; run `kvitok init` to make one, or name yours with --config\n$/);
});

test('kvitok run without a mailbox says that there is nothing to read', async () => {
  expect(await desk.run('run')).toMatchObject({
    code: 78,
    stdout: '',
    stderr: expect.stringMatching(/^kvitok run: no mailbox is configured/),
  });
});

test('what is written into a file on a full disk is not said to be written', () => {
  const full = fs.openSync('/dev/full', 'w');
  const MAIN = path.join(import.meta.dirname, '../../src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'config', 'example'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  });
  fs.closeSync(full);
  expect({ status, stderr }).toEqual({ status: 74, stderr: "kvitok: the output can't be written: the disk is full\n" });
});
