// Listening to the log: who told what, and what is not over yet.

import { expect, test } from '@jest/globals';
import { toldOnce } from '../../src/config/told-once.ts';
import { notedTroubles } from '../../src/config/troubles.ts';
import { rememberingLog } from '../support/store.ts';

test('a trouble stands from when it was first told until it is over, with the last thing said of it', () => {
  let now = 1000;
  const heard = rememberingLog();
  let changes = 0;
  const { log, standing } = notedTroubles(
    heard,
    () => now,
    () => changes++,
  );
  const disk = toldOnce(log, 'disk', 'full', 'room');
  const mailbox = toldOnce(log.child({ mailbox: 'support' }).child({ folder: 'INBOX' }), 'auth-failed', 'out', 'in');
  expect(standing()).toEqual([]);
  disk.wrong('2 MB left');
  mailbox.wrong('bad password');
  now = 2000;
  disk.wrong('1 MB left', { free: 1 });
  disk.wrong('1 MB left', { free: 1 });
  expect(standing()).toMatchObject([
    { event: 'disk', subject: '', error: '1 MB left', since: 1000, fields: { free: 1 } },
    { event: 'auth-failed', subject: 'support', error: 'bad password', since: 1000 },
  ]);
  disk.well();
  disk.well();
  expect(standing().map(({ event }) => event)).toEqual(['auth-failed']);
  expect(changes).toBe(3);
  // and every line went on to the log itself
  expect(heard.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'error full',
    'error out',
    'error full',
    'debug full',
    'info room',
  ]);
});
