// ./kvitok, as a person calls it: from anywhere, through links, on a machine with an old Node or none.

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const LAUNCHER = join(import.meta.dirname, '../../kvitok');

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kvitok launcher-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A folder laid out like the project, whose Nodes only say which they are and what they were asked to do. */
function project(bundled: string | null, system: string | null): string {
  const root = join(dir, 'project');
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  mkdirSync(join(dir, 'bin'));
  copyFileSync(LAUNCHER, join(root, 'kvitok'));
  if (bundled) fakeNode(join(root, 'node_modules/.bin/node'), bundled);
  if (system) fakeNode(join(dir, 'bin/node'), system);
  return root;
}

function fakeNode(path: string, version: string): void {
  writeFileSync(
    path,
    `#!/bin/sh\n[ "$1" = --version ] && { echo ${version}; exit; }\nprintf '%s\\n' ${version} "$@"\n`,
  );
  chmodSync(path, 0o755);
}

function call(command: string, ...args: string[]) {
  const env = { PATH: `${join(dir, 'bin')}:/usr/bin:/bin` };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: '/', env, encoding: 'utf8' });
  return { status, stdout: stdout.trim().split('\n'), stderr };
}

test('it takes the Node that npm installed, and hands everything on as it was typed', () => {
  const root = project('v24.1.0', 'v26.0.0');
  expect(call(join(root, 'kvitok'), 'inspect', 'a letter.eml', '')).toEqual({
    status: 0,
    stdout: ['v24.1.0', '--disable-warning=ExperimentalWarning', join(root, 'src/main.ts'), 'inspect', 'a letter.eml'],
    stderr: '',
  });
});

test('without one it takes the Node of the machine if that is new enough', () => {
  const root = project(null, 'v26.0.0');
  expect(call(join(root, 'kvitok')).stdout[0]).toBe('v26.0.0');
});

test('it finds its folder through symbolic links, absolute and relative', () => {
  const root = project('v24.1.0', null);
  symlinkSync(join(root, 'kvitok'), join(dir, 'absolute'));
  symlinkSync('absolute', join(dir, 'relative'));
  expect(call(join(dir, 'relative')).stdout[2]).toBe(join(root, 'src/main.ts'));
});

test('a machine with an old Node gets one line that says what to do, and nothing is started', () => {
  const root = project(null, 'v20.20.2');
  const { status, stdout, stderr } = call(join(root, 'kvitok'), 'run');
  expect({ status, stdout }).toEqual({ status: 69, stdout: [''] });
  expect(stderr).toMatch(/^kvitok: needs Node 24 or newer \(PATH has Node 20; run npm ci in .*\n$/);
});

test('a fresh clone without its libraries is told to install them', () => {
  const root = project(null, 'v24.1.0');
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(call(join(root, 'kvitok'))).toMatchObject({
    status: 69,
    stderr: expect.stringMatching(/^kvitok: .*npm ci\n$/),
  });
});

describe('a letter that a mail server pipes in is not bounced', () => {
  const letter = (root: string) => call(join(root, 'kvitok'), 'ingest').status;

  test('while an upgrade has taken the libraries away', () => {
    const root = project(null, 'v24.1.0');
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(letter(root)).toBe(75);
  });

  test('while the only Node is too old', () => {
    expect(letter(project(null, 'v20.20.2'))).toBe(75);
  });

  test.each([
    ['Node finds only half of the libraries', 'exit 1', 75],
    ['the system ends Node for want of memory', 'kill -9 $$', 75],
    ['some of the files that were named are not there, which is no matter of a mail server', 'exit 66', 66],
  ])('where %s', (_what, end, code) => {
    const root = project('v24.1.0', null);
    const node = join(root, 'node_modules/.bin/node');
    writeFileSync(node, `#!/bin/sh\n[ "$1" = --version ] && { echo v24.1.0; exit; }\n${end}\n`);
    expect(letter(root)).toBe(code);
  });
});
