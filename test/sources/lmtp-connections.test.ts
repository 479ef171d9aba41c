// Connections of mail servers: too many, too slow, the wrong protocol; places to listen at; the end.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { placeName } from '../../src/sources/lmtp/place.ts';
import { LMTP_PACE } from '../../src/sources/lmtp.ts';
import { until } from '../support/condition.ts';
import { runKvitok } from '../support/daemon.ts';
import { freePort } from '../support/free-port.ts';
import { raw } from '../support/letter.ts';
import { stuffed } from './lmtp-client.ts';
import { listeners } from './lmtp-harness.ts';

const { listening, made } = listeners();

const FROM = 'MAIL FROM:<ivan@client.example>';
const TO = 'RCPT TO:<support@desk.example>';
const LETTER = raw({ text: 'It does not print.\n' });

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kv-lmtp-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a connection', () => {
  test('over the limit is told to come again, and may when another one has gone', async () => {
    const { call, greeted, source } = await listening({ listener: { connections: 2 } });
    const first = await greeted();
    await greeted();
    expect((await call()).greeting).toMatch(/^421 /);
    first.kill();
    await until(() => source.status().connections === 1, 3_000, 'the first one has gone');
    expect((await call()).greeting).toMatch(/^220 /);
  });

  test('that says nothing is closed', async () => {
    const { greeted } = await listening({ pace: { ...LMTP_PACE, idle: 300 } });
    expect(await (await greeted()).reply()).toMatch(/^421 4\.4\.2 /);
  });

  test('that brings a letter drop by drop is closed when its time is over, and nothing of it is kept', async () => {
    const { greeted, store, budget } = await listening({ pace: { ...LMTP_PACE, letter: 300 } });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    await mta.say('DATA');
    const drops = setInterval(() => mta.write('x\r\n'), 20);
    const answer = await mta.reply();
    clearInterval(drops);
    expect(answer).toMatch(/^421 4\.4\.2 the letter took too long$/);
    mta.kill();
    await until(() => budget.used() === 0, 3_000, 'its bytes are counted no more');
    expect(store.calls).toEqual([]);
  });

  test('is offered no log-in and no encryption, which nobody needs inside one machine', async () => {
    const { call } = await listening();
    const mta = await call();
    expect(await mta.say('LHLO mx')).not.toMatch(/AUTH|STARTTLS|XCLIENT/);
    expect(await mta.say('AUTH PLAIN AGEAYg==')).toMatch(/^500/);
  });

  test('of a server that speaks SMTP gets one reply to a letter, however many recipients it has', async () => {
    const { greeted, call, store } = await listening({ listener: { protocol: 'smtp' } });
    expect((await call()).greeting).toMatch(/ ESMTP kvitok$/);
    const mta = await greeted();
    await mta.agree(FROM, TO, 'RCPT TO:<help@desk.example>');
    expect(await mta.data(LETTER)).toBe('250 2.6.0 kept as letter 1');
    expect(await mta.say('NOOP')).toMatch(/^250 2\.0\.0/);
    expect(store.letters.map((letter) => letter.source)).toEqual(['smtp']);
  });

  test('of a browser that was tricked into it is closed', async () => {
    const { call } = await listening();
    const mta = await call();
    expect(await mta.say('POST /support HTTP/1.1')).toMatch(/^421/);
  });
});

describe('a listener that stops', () => {
  test('lets a letter under way come in, takes no other, and is gone', async () => {
    const { greeted, source, store, at } = await listening();
    const idle = await greeted();
    const busy = await greeted();
    await busy.agree(FROM, TO);
    await busy.say('DATA');
    const wire = stuffed(LETTER);
    busy.write(wire.subarray(0, 100));
    await until(() => source.status().connections === 2, 3_000, 'both are there');
    const stopped = source.stop();
    expect(await idle.reply()).toMatch(/^421 4\.3\.2 /);
    busy.write(wire.subarray(100));
    expect(await busy.reply()).toMatch(/^250/);
    expect(await busy.reply()).toMatch(/^421 4\.3\.2 /);
    await stopped;
    expect(store.letters).toHaveLength(1);
    const port = 'port' in at ? at.port : 0;
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    await new Promise((resolve) => taken.close(resolve));
  });

  test('waits for a letter no longer than it was told to, and then keeps nothing of it', async () => {
    const { greeted, source, store } = await listening({ pace: { ...LMTP_PACE, stop: 200 } });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    await mta.say('DATA');
    await source.stop();
    expect(await mta.reply()).toMatch(/^421/);
    mta.write(stuffed(LETTER));
    expect(await mta.reply()).toBe('closed');
    expect(store.calls).toEqual([]);
  });
});

describe('a place to listen at', () => {
  test('that is taken is tried again until it is free', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const { source, log } = await made({
      listener: { at: { host: '127.0.0.1', port } },
      pace: { ...LMTP_PACE, again: 30 },
    });
    source.start();
    await until(() => source.status().state === 'waiting', 3_000, 'the port is found taken');
    expect(source.status().lastError).toMatch(/EADDRINUSE/);
    await new Promise((resolve) => other.close(resolve));
    await until(() => source.status().state === 'listening', 3_000, 'the listener listens');
    expect(log.lines.filter((line) => line.level === 'error')).toHaveLength(1);
  });

  test('may be a unix socket, which every user may speak to whom its folder lets in', async () => {
    const path = join(dir, 'open');
    const { greeted, store, source } = await listening({ listener: { at: { path } } });
    expect(statSync(path).mode & 0o666).toBe(0o666);
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toMatch(/^250/);
    expect(store.letters).toHaveLength(1);
    await source.stop();
    expect(existsSync(path)).toBe(false);
  });

  test('may hold the socket of a process that was killed', async () => {
    const path = join(dir, 'stale');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script], { env: { ...process.env, NODE_OPTIONS: '' } });
    expect(existsSync(path)).toBe(true);
    const { greeted } = await listening({ listener: { at: { path } } });
    await (await greeted()).agree('NOOP');
  });

  test('that somebody answers at, or that is a file, is left alone', async () => {
    const path = join(dir, 'living');
    const first = await listening({ listener: { at: { path } } });
    const second = await made({ listener: { at: { path } } });
    second.source.start();
    await until(() => second.source.status().state === 'waiting', 3_000, 'the socket is found taken');
    await (await first.greeted()).agree('NOOP');
    const file = join(dir, 'letter.txt');
    writeFileSync(file, 'of somebody');
    const third = await made({ listener: { at: { path: file } } });
    third.source.start();
    await until(() => third.source.status().state === 'waiting', 3_000, 'the file is found');
    expect(third.source.status().lastError).toMatch(/is no socket/);
    expect(statSync(file).size).toBe(11);
  });

  test('is named as people write it', () => {
    expect(placeName({ host: '::1', port: 2424 })).toBe('[::1]:2424');
    expect(placeName({ path: '/run/kvitok/lmtp' })).toBe('/run/kvitok/lmtp');
  });

  test('that others can reach must be meant', async () => {
    const config = (listener: object) => ({
      desk: { name: 'Desk', address: 'support@desk.example' },
      listeners: [listener],
    });
    const checked = async (listener: object) => {
      writeFileSync(join(dir, 'kvitok.json'), JSON.stringify(config(listener)), { mode: 0o600 });
      return (await runKvitok(['check', '--offline', '-c', join(dir, 'kvitok.json')], dir)).stdout;
    };
    expect(await checked({ at: { host: '0.0.0.0', port: 2424 } })).toMatch(
      /listeners\[0\]\.at\.host: others can reach this address/,
    );
    expect(await checked({ at: { host: '0.0.0.0', port: await freePort() }, open: true })).not.toMatch(
      /others can reach/,
    );
  });
});
