// A daemon that may open few files: when connections use them up it says so, lives, and goes on when they are free again.

import { afterEach, expect, jest, test } from '@jest/globals';
import { mtaAt } from '../sources/lmtp-client.ts';
import { until } from '../support/condition.ts';
import { type PostRoom, postRoom } from '../support/daemon.ts';
import { freePort } from '../support/free-port.ts';
import { raw } from '../support/letter.ts';
import { fateOf } from './fate.ts';

jest.setTimeout(90_000);

const rooms: PostRoom[] = [];
const open: Awaited<ReturnType<typeof mtaAt>>[] = [];
afterEach(async () => {
  for (const mta of open.splice(0)) mta.kill();
  for (const room of rooms.splice(0)) await room.remove();
});

/** What it needs for itself is less than half of it. */
const FILES = 90;

test('letters are taken again when the connections that used up all files are gone', async () => {
  const at = { host: '127.0.0.1', port: await freePort() };
  const room = postRoom({ listeners: [{ at, connections: 200 }], smtp: { directory: 'outgoing' } });
  rooms.push(room);
  const daemon = room.launch({ under: ['prlimit', `--nofile=${FILES}`] });
  await daemon.said(({ event }) => event === 'listening', 'the listener listens', 60_000);
  // those that are not let in any more are closed, and get no greeting
  for (let n = 0; n < FILES; n++) open.push(await mtaAt(at));
  const greeted = open.filter(({ greeting }) => greeting.startsWith('220'));
  expect(greeted.length).toBeGreaterThan(5);
  expect(greeted.length).toBeLessThan(FILES);
  for (const mta of open.splice(0)) mta.kill();
  const mta = await until(
    async () => {
      const one = await mtaAt(at);
      open.push(one);
      return one.greeting.startsWith('220') ? one : null;
    },
    20_000,
    'a connection is let in again',
  );
  await mta.agree('LHLO mx.desk.example', 'MAIL FROM:<anna@client.example>', 'RCPT TO:<support@desk.example>');
  expect(await mta.data(raw({ messageId: 'after@client.example' }))).toMatch(/^250/);
  expect((await fateOf(room, 'after@client.example', 1, 30_000)).disposition).toBe('opened');
  expect((await daemon.kill('SIGTERM')).code).toBe(0);
});
