// kvitok check, about the places where mail servers shall hand letters over.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { check } from '../../src/admin/check.ts';
import { findingLine } from '../../src/admin/findings.ts';
import { freePort } from '../support/free-port.ts';

let dir = '';
let other: Server | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kv-check-'));
});
afterEach(async () => {
  await new Promise<void>((resolve) => (other ? other.close(() => resolve()) : resolve()));
  other = null;
  rmSync(dir, { recursive: true });
});

async function found(...listeners: object[]): Promise<string> {
  const path = join(dir, 'kvitok.json');
  const desk = { name: 'Support', address: 'support@desk.example' };
  writeFileSync(path, JSON.stringify({ desk, listeners }), { mode: 0o600 });
  const findings = await check(path, {}, Date.parse('2031-05-01T12:00:00Z'), { offline: true });
  return findings.map((finding) => findingLine(finding, false)).join('\n');
}

async function taken(greeting: string): Promise<number> {
  other = createServer((socket) => socket.end(greeting));
  const port = await freePort();
  await new Promise<void>((resolve) => other?.listen(port, '127.0.0.1', resolve));
  return port;
}

test('a free port and a free path are said to be, and nothing is left behind', async () => {
  const port = await freePort();
  const text = await found({ at: { port } }, { protocol: 'smtp', at: { path: 'lmtp' } });
  expect(text).toContain(`ok       listener 127.0.0.1:${port}: free for LMTP`);
  expect(text).toContain(`ok       listener ${join(dir, 'lmtp')}: free for SMTP`);
  expect(await found({ at: { port } }, { at: { path: 'lmtp' } })).not.toMatch(/problem/);
});

test('a port at which another program answers is a problem, one at which kvitok answers is none', async () => {
  const port = await taken('220 mx ESMTP Postfix\r\n');
  expect(await found({ at: { port } })).toMatch(/problem {2}listener .*: another program listens there/);
  await new Promise((resolve) => other?.close(resolve));
  const again = await taken('220 mx LMTP kvitok\r\n');
  expect(await found({ at: { port: again } })).toMatch(/ok {7}listener .*: kvitok answers there/);
});

test('a path that can’t become a socket is a problem with its reason', async () => {
  mkdirSync(join(dir, 'folder'));
  const text = await found(
    { at: { path: 'missing/lmtp' } },
    { at: { path: 'folder' } },
    { at: { path: `${'long'.repeat(30)}` } },
    { at: { host: '192.0.2.1', port: 2424 }, open: true },
  );
  expect(text).toMatch(/problem .*missing\/lmtp: .*there is no such folder/);
  expect(text).toMatch(/problem .*folder: .*a file that is no socket lies there/);
  expect(text).toMatch(/problem .*longlong: .*longer than the 107 bytes/);
  expect(text).toMatch(/problem .*192\.0\.2\.1:2424: .*this machine has no such address/);
});

test('a listener that others can reach is warned of', async () => {
  expect(await found({ at: { host: '0.0.0.0', port: await freePort() }, open: true })).toMatch(
    /warning {2}listener .*: whoever reaches this address can hand in letters/,
  );
});
