import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const PROGRAM = fileURLToPath(new URL('./flood-program.ts', import.meta.url));
const MB = 1024 * 1024;

test('under a flood of letters that are the worst for each transfer decoder, good ones wait seconds and memory stays bounded', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', PROGRAM, String(35 * MB)],
    { env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const { good, waited, peak } = JSON.parse(stdout) as { good: number; waited: number; peak: number };
  expect(good).toBe(10);
  expect(waited).toBeLessThan(30_000);
  expect(peak).toBeLessThan(512 * MB);
}, 120_000);
