// What systemd is told: with a systemd-notify of the test's own on the PATH, which writes down what it is given.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { notifier } from '../../src/daemon/notify.ts';
import { until } from '../support/condition.ts';
import { rememberingLog } from '../support/store.ts';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-notify-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

/** Puts the test's systemd-notify in place; gives what it was told so far. */
function listen(): () => readonly string[] {
  const told = path.join(dir, 'told');
  fs.writeFileSync(path.join(dir, 'systemd-notify'), `#!/bin/sh\necho "$@" >> ${told}\n`, { mode: 0o755 });
  return () => (fs.existsSync(told) ? fs.readFileSync(told, 'utf8').trim().split('\n') : []);
}

/** The environment that systemd makes, with the test's systemd-notify in front. */
const watched = () => ({
  PATH: `${dir}:${process.env.PATH}`,
  NOTIFY_SOCKET: '/run/systemd/notify',
  WATCHDOG_USEC: '40000',
});

test('a service is told ready, then alive again and again, and stopping', async () => {
  const told = listen();
  const systemd = notifier({ env: watched(), log: rememberingLog(), alive: () => true });
  systemd.ready();
  await until(() => told().filter((word) => word === 'WATCHDOG=1').length >= 2, 5_000, 'two signs of life');
  expect(told()).toContain('READY=1');
  systemd.stopping();
  await until(() => told().includes('STOPPING=1'), 5_000, 'the end is told');
  systemd.close();
});

test('a daemon whose work stands still is said alive no more, and one line says why it will be started again', async () => {
  const told = listen();
  const log = rememberingLog();
  const systemd = notifier({ env: watched(), log, alive: () => false });
  systemd.ready();
  await until(() => log.lines.length > 0, 5_000, 'the standstill is logged');
  await until(() => told().includes('READY=1'), 5_000, 'systemd was reached');
  systemd.close();
  expect(told()).toEqual(['READY=1']);
  expect(log.lines).toMatchObject([{ level: 'error', fields: { event: 'watchdog' } }]);
});

test('nobody is told anything where no systemd asked, and the watchdog of another process is not fed', async () => {
  const told = listen();
  const silent = notifier({
    env: { PATH: watched().PATH, WATCHDOG_USEC: '1000' },
    log: rememberingLog(),
    alive: () => true,
  });
  silent.ready();
  silent.close();
  const other = notifier({ env: { ...watched(), WATCHDOG_PID: '1' }, log: rememberingLog(), alive: () => true });
  other.ready();
  await until(() => told().length > 0, 5_000, 'the second one is ready');
  other.close();
  expect(told()).toEqual(['READY=1']);
});

test('a machine without systemd-notify is one warning, not one for each sign of life', async () => {
  const log = rememberingLog();
  let asked = 0;
  const systemd = notifier({ env: { ...watched(), PATH: dir }, log, alive: () => ++asked > 0 });
  systemd.ready();
  await until(() => asked > 3, 5_000, 'some signs of life were due');
  systemd.close();
  expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});
