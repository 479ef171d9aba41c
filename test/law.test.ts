// Which folder may import what: the house stays one with a core that touches nothing.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const SRC = path.join(import.meta.dirname, '../src');

/** Beside its own files. A name without an ending is a folder. */
const LAW: Readonly<Record<string, readonly string[]>> = {
  mail: [],
  config: ['mail'],
  decode: ['mail'],
  attachments: ['mail'],
  desk: ['mail'],
  classify: ['mail', 'decode', 'desk'],
  thread: ['mail', 'decode', 'desk'],
  proof: ['mail'],
  decide: ['mail', 'decode', 'attachments', 'classify', 'proof', 'thread', 'desk'],
  store: ['mail', 'desk', 'decide', 'thread', 'config'],
  clocks: ['mail', 'desk', 'store', 'config'],
  alarms: ['mail', 'desk', 'store', 'config'],
  web: ['mail', 'desk', 'store', 'config', 'thread', 'alarms'],
  outbox: ['mail', 'desk', 'store', 'config', 'thread'],
  ingest: ['mail', 'config', 'decode', 'attachments', 'classify', 'proof', 'thread', 'decide', 'desk', 'store'],
  'ingest.ts': ['mail', 'config', 'decide', 'store', 'ingest'],
  sources: ['mail', 'desk', 'store', 'config', 'ingest.ts', 'outbox'],
};

/** The core thinks and touches nothing. */
const PURE = ['mail', 'decode', 'classify', 'proof', 'thread', 'desk', 'decide'];
const WORLD = /^(kysely|better-sqlite3|pino|nodemailer|imapflow|(node:)?(fs|net|tls|http|https|child_process))(\/|$)/;

function filesIn(dir: string): string[] {
  return fs
    .readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

const importsOf = (file: string) =>
  [...fs.readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );

const roomOf = (file: string) => path.relative(SRC, file).split(path.sep)[0]!;

test('every room imports only what it may', () => {
  const broken = filesIn(SRC).flatMap((file) => {
    const room = roomOf(file);
    const allowed = LAW[room];
    if (!allowed) return [];
    const rooms = importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => roomOf(path.resolve(path.dirname(file), name)));
    return rooms
      .filter((other) => other !== room && !allowed.includes(other))
      .map((other) => `${path.relative(SRC, file)} imports ${other}`);
  });
  expect(broken).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const files = new Map(
    filesIn(SRC).map((file) => [
      file,
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => path.resolve(path.dirname(file), name)),
    ]),
  );
  // what imports nothing that is left, or is imported by nothing that is left, is in no circle
  for (let before = 0; before !== files.size; ) {
    before = files.size;
    for (const [file, names] of files) {
      const imported = [...files.values()].some((others) => others.includes(file));
      if (!imported || !names.some((name) => files.has(name))) files.delete(file);
    }
  }
  expect([...files.keys()].map((file) => path.relative(SRC, file))).toEqual([]);
});

test('the core imports no database, log, mail client or file system', () => {
  const broken = PURE.flatMap((room) => filesIn(path.join(SRC, room))).flatMap((file) =>
    importsOf(file)
      .filter((name) => WORLD.test(name))
      .map((name) => `${path.relative(SRC, file)} imports ${name}`),
  );
  expect(broken).toEqual([]);
});

test('every file opens with what it is for, and stays within the wall', () => {
  const broken = filesIn(SRC).flatMap((file) => {
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    const name = path.relative(SRC, file);
    return [
      ...(lines[0]?.startsWith('// ') ? [] : [`${name} does not say what it is for`]),
      ...(lines.length > 300 ? [`${name} has ${lines.length} lines`] : []),
    ];
  });
  expect(broken).toEqual([]);
});
