// What systemd's journal reads of the log: each line with its priority, and nobody else is shown one.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { isJournal, withPriority } from '../../src/config/journal.ts';
import { commandOf, plainEnvironment } from '../support/command.ts';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-journal-'));
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

test.each([
  ['error', '<3>a\n<3>  b\n'],
  ['warn', '<4>a\n<4>  b\n'],
  ['info', '<6>a\n<6>  b\n'],
  ['debug', '<7>a\n<7>  b\n'],
] as const)('every line of an event of level %s has its priority', (level, lines) => {
  expect(withPriority('a\n  b\n', level)).toBe(lines);
});

test('a descriptor is the journal only where JOURNAL_STREAM names its very device and inode', () => {
  const fd = fs.openSync(path.join(dir, 'log'), 'w');
  const { dev, ino } = fs.fstatSync(fd);
  expect(isJournal(`${dev}:${ino}`, fd)).toBe(true);
  for (const other of [undefined, '', `${dev}:${ino + 1}`, `${dev + 1}:${ino}`, `${dev}`])
    expect(isJournal(other, fd)).toBe(false);
  fs.closeSync(fd);
  expect(isJournal(`${dev}:${ino}`, fd)).toBe(false);
});

/** `kvitok once` with its output in a file; gives the lines. */
function logOf(name: string, journal: (file: fs.Stats) => string): readonly string[] {
  const config = { desk: { name: 'Служба', address: 'support@desk.example' }, data: name, log: { level: 'debug' } };
  const configFile = path.join(dir, `${name}.json`);
  fs.writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  const out = path.join(dir, `${name}.log`);
  const fd = fs.openSync(out, 'w');
  const [program, ...args] = commandOf(['ingest', '-c', configFile]);
  const env = { ...plainEnvironment(), JOURNAL_STREAM: journal(fs.fstatSync(fd)) };
  const { status } = spawnSync(program, args, { env, input: 'Subject: x\n\nwords\n', stdio: ['pipe', fd, fd] });
  fs.closeSync(fd);
  expect(status).toBe(0);
  return fs.readFileSync(out, 'utf8').trimEnd().split('\n');
}

test('a command whose output the journal reads gives each line its priority, and one that writes elsewhere none', () => {
  const read = logOf('read', ({ dev, ino }) => `${dev}:${ino}`);
  expect(read.length).toBeGreaterThan(0);
  for (const line of read) expect(line).toMatch(/^<[3467]>/);
  for (const line of logOf('elsewhere', ({ dev, ino }) => `${dev}:${ino + 1}`)) expect(line).not.toMatch(/^</);
});
