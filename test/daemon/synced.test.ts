// A letter that was answered or moved is on the disk, not only with the system: what was written into the spool's log was
// synced before kvitok said 250 to a mail server, and before it had the mailbox move the letter.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { mtaAt } from '../sources/lmtp-client.ts';
import { until } from '../support/condition.ts';
import { mailboxOf, postRoom } from '../support/daemon.ts';
import { startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { raw } from '../support/letter.ts';
import { saidOver, traced } from '../support/strace.ts';

jest.setTimeout(90_000);

const LOG = 'spool.db-wal';
const letter = (n: number) => raw({ messageId: `${n}@client.example`, text: `letter ${n}\n` });

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0)) await each();
});

test('the spool is synced before the 250 of LMTP and before the MOVE of IMAP', async () => {
  const dovecot = await startDovecot();
  undo.push(dovecot.stop);
  const at = { host: '127.0.0.1', port: await freePort() };
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    listeners: [{ at }],
    smtp: { directory: 'outgoing' },
  });
  undo.unshift(room.remove);
  const file = path.join(room.dir, 'trace');
  const daemon = await room.start({ under: traced(file) });
  await daemon.said(({ event }) => event === 'listening', 'the listener listens');
  const mta = await mtaAt(at);
  await mta.agree('LHLO mx.desk.example');
  for (const n of [1, 2, 3]) {
    await mta.agree('MAIL FROM:<anna@client.example>', 'RCPT TO:<support@desk.example>');
    expect(await mta.data(letter(n))).toMatch(/^250/);
    dovecot.drop('support', letter(10 + n));
    await until(async () => (await dovecot.count('support', 'Kvitok.Done')) === n, 20_000, 'the letter is moved');
  }
  mta.kill();
  expect((await daemon.kill('SIGTERM')).code).toBe(0);

  const trace = fs.readFileSync(file, 'utf8');
  for (const words of [/"250 2\.6\.0 kept as letter/, / UID MOVE /]) {
    const said = saidOver(trace, LOG, words);
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(said.filter(({ unsynced }) => unsynced > 0)).toEqual([]);
  }
  // each answer had its own write before it: no other file was looked at
  const answers = saidOver(trace, LOG, /"250 2\.6\.0 kept as letter/);
  expect(answers.filter(({ written }) => written === 0)).toEqual([]);
});

describe('a trace', () => {
  const wrote = '7 pwrite64(25</d/spool.db-wal>, "x"..., 4096, 32) = 4096';
  const synced = '7 fdatasync(25</d/spool.db-wal>) = 0';
  const said = '5 write(30<socket:[1]>, "250 2.6.0 kept as letter 1\\r\\n", 28) = 28';
  const unsynced = (...lines: string[]) => saidOver(lines.join('\n'), LOG, /250/).map((one) => one.unsynced);

  test('in which something was said before the sync shows it', () => {
    expect(unsynced(wrote, synced, said)).toEqual([0]);
    expect(unsynced(wrote, said, synced)).toEqual([1]);
  });

  test('of another file’s sync, or of one that failed, is not believed', () => {
    expect(unsynced(wrote, '7 fdatasync(26</d/kvitok.db-wal>) = 0', said)).toEqual([1]);
    expect(unsynced(wrote, '7 fdatasync(25</d/spool.db-wal>) = -1 EIO (Input/output error)', said)).toEqual([1]);
  });

  test('of a sync that was still going on shows what it did not wait for', () => {
    const begins = '7 fdatasync(25</d/spool.db-wal> <unfinished ...>';
    const ends = '7 <... fdatasync resumed>) = 0';
    expect(unsynced(wrote, begins, said, ends)).toEqual([1]);
    expect(unsynced(wrote, begins, ends, said)).toEqual([0]);
    expect(unsynced(wrote, begins, wrote, ends, said)).toEqual([1]);
  });
});
