import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openJudge } from '../../src/attachments/judge.ts';
import { REGULATION, type Scanner } from '../../src/attachments/policy.ts';
import { part } from './asking.ts';
import { bytes, jpeg, png } from './pictures.ts';

/** A fault double on a real socket: takes INSTREAM apart as clamd does and answers as it is told. */
let answer: (file: Buffer, socket: Socket) => void;
let server: Server;
const judge = openJudge();

beforeEach(async () => {
  server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      const file = fileOf(received);
      if (file) answer(file, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await judge.close();
  await new Promise((resolve) => server.close(resolve));
});

function fileOf(received: Buffer): Buffer | null {
  const pieces: Buffer[] = [];
  expect(received.subarray(0, 10).toString()).toBe('zINSTREAM\0');
  for (let at = 10; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

const scanner = (away: Scanner['away'] = 'hold'): Scanner => ({
  at: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
  timeoutMs: 300,
  away,
});
const ask = async (file: Uint8Array, asked = scanner()) =>
  (await judge.judge([part('a.jpg', file)], { ...REGULATION, scanner: asked }))[0];

describe('a desk with a virus scanner', () => {
  test('has the scanner see every byte of an accepted file', async () => {
    const photo = jpeg(8, 8, bytes(), new Array<number>(200_000).fill(0x3f));
    let seen: Buffer | null = null;
    answer = (file, socket) => {
      seen = file;
      socket.end('stream: OK\0');
    };
    expect(await ask(photo)).toMatchObject({ verdict: 'accepted', detail: null });
    expect(seen).toEqual(photo);
  });

  test('refuses what the scanner finds, by its name', async () => {
    answer = (_, socket) => socket.end('stream: Eicar-Signature FOUND\0');
    expect(await ask(jpeg())).toMatchObject({ verdict: 'rejected', reason: 'virus', detail: 'Eicar-Signature' });
  });

  test.each([
    ['says nothing', () => {}],
    ['hangs up', (_: Buffer, socket: Socket) => socket.destroy()],
    ['is over its own limit', (_: Buffer, socket: Socket) => socket.end('INSTREAM size limit exceeded. ERROR\0')],
  ])('holds a file back while the scanner %s', async (_, how) => {
    answer = how;
    expect(await ask(jpeg())).toMatchObject({ verdict: 'unchecked', reason: 'scanner-away' });
  });

  test('is not held up by twenty files while the scanner says nothing: one of them is waited for', async () => {
    let asked = 0;
    answer = () => asked++;
    const parts = Array.from({ length: 20 }, (_, n) => part(`${n}.jpg`, jpeg()));
    const verdicts = await judge.judge(parts, { ...REGULATION, scanner: scanner() });
    expect(verdicts.map(({ reason }) => reason)).toEqual(parts.map(() => 'scanner-away'));
    expect(asked).toBe(1);
  });

  test('accepts a file unscanned where the admin wants it so, and says it', async () => {
    const away = { ...scanner('accept'), at: { path: '/nonexistent/clamd.sock' } };
    expect(await ask(png(), away)).toMatchObject({
      verdict: 'accepted',
      detail: expect.stringContaining('not scanned'),
    });
  });

  test('does not bother the scanner with files that are refused anyway', async () => {
    let asked = 0;
    answer = () => asked++;
    expect(await ask(bytes('just words'))).toMatchObject({ verdict: 'rejected' });
    expect(asked).toBe(0);
  });
});
