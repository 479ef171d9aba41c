import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { lockFolder } from '../../src/store/lock.ts';
import { until } from '../support/condition.ts';

const LOCK = path.join(import.meta.dirname, '../../src/store/lock.ts');
const child = (dir: string, after: string) =>
  `const { lockFolder } = await import(${JSON.stringify(LOCK)}); const got = lockFolder(${JSON.stringify(dir)}, 'kvitok run'); ${after}`;

function inFolder(use: (dir: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-lock-'));
    try {
      await use(dir);
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  };
}

test(
  'a second process is told who holds the data folder',
  inFolder(async (dir) => {
    const lock = lockFolder(dir, 'kvitok run');
    if ('heldBy' in lock) throw new Error('the folder was free');
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', child(dir, 'console.log(got.heldBy)')], {
      encoding: 'utf8',
    });
    expect(said).toContain(`kvitok run, process ${process.pid}`);
    lock.release();
  }),
);

test(
  'the folder of a daemon that was killed is free at once',
  inFolder(async (dir) => {
    // it lives by its standard input, which ends with this process too, however that ends
    const holder = spawn(process.execPath, ['--input-type=module', '-e', child(dir, 'process.stdin.resume()')], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    try {
      await until(() => fs.existsSync(path.join(dir, 'lock.txt')), 10_000, 'the folder is held');
      expect(lockFolder(dir, 'kvitok run')).toHaveProperty('heldBy');
    } finally {
      holder.kill('SIGKILL');
      await gone;
    }
    const lock = lockFolder(dir, 'kvitok run');
    expect(lock).toHaveProperty('release');
    if ('release' in lock) lock.release();
  }),
);
