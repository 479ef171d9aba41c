// The unit for systemd, as systemd reads it: no mistake in it, and as little of the machine open to the daemon as it needs.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const ROOT = path.join(import.meta.dirname, '../..');
const unit = fs.readFileSync(path.join(ROOT, 'systemd/kvitok.service'), 'utf8');

let dir: string;
let file: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-unit-'));
  file = path.join(dir, 'kvitok.service');
  // systemd looks whether the program is there
  fs.writeFileSync(file, unit.replaceAll('/opt/kvitok/', `${ROOT}/`));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const analyze = (...args: readonly string[]) =>
  spawnSync('systemd-analyze', args, { encoding: 'utf8', timeout: 20_000 });
/** Where there is no systemd, what it would say is held by the last test. */
const systemd = analyze('--version').status === 0;

test('systemd-analyze verify finds nothing wrong', () => {
  if (!systemd) return;
  const { status, stdout, stderr } = analyze('verify', '--man=no', file);
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

test('systemd-analyze security finds little to attack', () => {
  if (!systemd) return;
  const { stdout } = analyze('security', '--offline=true', '--no-pager', file);
  expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(3);
});

test('JavaScript may be compiled, the watchdog is fed in time, and the daemon has its 20 seconds to end', () => {
  const settings = new Map(
    unit.split('\n').flatMap((line) => (/^\w+=/.test(line) ? [line.split('=', 2) as [string, string]] : [])),
  );
  expect(settings.has('MemoryDenyWriteExecute')).toBe(false);
  expect(settings.get('Type')).toBe('notify');
  expect(settings.get('NotifyAccess')).toBe('all');
  expect(Number(settings.get('WatchdogSec'))).toBeGreaterThanOrEqual(60);
  expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(20);
});
