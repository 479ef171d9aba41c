// kvitok quarantine: an admin sees what was set aside, looks at its bytes, and gives it another chance.

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { claimLetters, closeLetter } from '../../src/store/letters.ts';
import { spawnKvitok } from '../support/command.ts';
import { type Desk, freshDesk } from './desk.ts';

const BROKEN = Buffer.from('From: a@b.example\r\nSubject: \xff\x00\x1b[31m\r\n\r\n\x80\r\n', 'latin1');

let desk: Desk;
beforeEach(async () => {
  desk = freshDesk();
  await desk.takeIn(
    { from: 'ivan@client.example', subject: 'Good' },
    {
      from: 'robot@client.example',
      subject: 'Backup done',
      headers: [['Auto-Submitted', 'auto-generated']],
    },
  );
});
afterEach(() => desk.remove());

/** Keeps a letter and sets it aside as after three failures. */
async function setAside(): Promise<void> {
  const now = Date.now();
  await desk.store(async ({ db, spool }) => {
    const envelope = { from: 'a@b.example', to: ['support@desk.example'] };
    spool.keep([{ source: 'file', key: 'file:broken', receivedAt: now, envelope, raw: BROKEN }], now);
    for (const { id } of await claimLetters(db, spool, now, 1)) {
      const because = 'the reader failed';
      const known = { author: 'a@b.example', subject: 'red \u001b[31malert' };
      await closeLetter(db, id, { disposition: 'quarantined', because, ticket: null, ...known, path: [] }, now);
    }
  });
}

const NOTHING_WAITS = 'nothing waits for you; automatic mail that is set aside: 1; --automatic lists it\n';

test('of a desk where all went well holds nothing but what robots wrote', async () => {
  expect(await desk.run('quarantine', 'list')).toEqual({ code: 0, stdout: NOTHING_WAITS, stderr: '' });
  expect(await desk.run('quarantine', 'retry', 'all')).toMatchObject({ code: 0, stdout: 'nothing to try again\n' });
});

test('lists a letter with the reason, as text and as data', async () => {
  await setAside();
  const { stdout } = await desk.run('quarantine', 'list');
  expect(stdout).toMatch(/^letter +received +from +subject +because$/m);
  expect(stdout).toMatch(/^3 +\S+ \S+ +a@b\.example +red +\[31malert +the reader failed$/m);
  expect(stdout).not.toContain('\u001b');
  expect(JSON.parse((await desk.run('quarantine', 'list', '--json')).stdout)).toEqual([
    expect.objectContaining({ id: 3, because: 'the reader failed' }),
  ]);
});

test('lists automatic mail that names no ticket when asked for it', async () => {
  const { stdout } = await desk.run('quarantine', 'list', '--automatic');
  expect(stdout).toMatch(/^2 .*robot@client\.example +Backup done /m);
});

test('lists a delivery report that belongs to no ticket with the automatic mail, so that nothing set aside is out of sight', async () => {
  await desk.takeIn({
    from: 'Mail Delivery System <mailer-daemon@relay.example>',
    subject: 'Undelivered Mail Returned to Sender',
    headers: [['Return-Path', '<>']],
    text: '<nobody@client.example>: host mx.client.example said: 550 5.1.1 no such user\n',
  });
  const { stdout } = await desk.run('quarantine', 'list', '--automatic');
  expect(stdout).toMatch(/^3 .*mailer-daemon@relay\.example .* delivery-report by rule /m);
  expect((await desk.run('quarantine', 'list')).stdout).toBe(NOTHING_WAITS.replace('1', '2'));
});

test('hands out the letter byte for byte', async () => {
  await setAside();
  const { code, stdout } = await spawnKvitok(['quarantine', 'show', '3', '-c', desk.configFile], desk.dir);
  expect(code).toBe(0);
  expect(stdout.equals(BROKEN)).toBe(true);
});

test('gives a letter another chance, and the next pass deals with it', async () => {
  await setAside();
  expect(await desk.run('quarantine', 'retry', '3')).toEqual({
    code: 0,
    stdout: '1 letter will be tried again by kvitok run or kvitok once\n',
    stderr: '',
  });
  expect((await desk.run('quarantine', 'list')).stdout).toBe(NOTHING_WAITS);
  expect((await desk.run('once')).code).toBe(0);
  await desk.store(async ({ db }) => {
    const row = await db.selectFrom('letters').select('disposition').where('id', '=', 3).executeTakeFirst();
    expect(row).toEqual({ disposition: 'opened' });
  });
});

test('tries all that can be tried and names the rest', async () => {
  await setAside();
  expect(await desk.run('quarantine', 'retry', '1', '3', '3', '77')).toEqual({
    code: 66,
    stdout: '1 letter will be tried again by kvitok run or kvitok once\n',
    stderr:
      'kvitok quarantine: letter 1 is not set aside, it is on ticket 10008\nkvitok quarantine: there is no letter 77; kvitok quarantine list shows what is set aside\n',
  });
});

test('refuses what is no number of a letter, before it changes anything', async () => {
  await setAside();
  for (const wrong of ['0', 'two', '1e3', '../1']) {
    expect(await desk.run('quarantine', 'retry', '3', wrong)).toMatchObject({
      code: 65,
      stderr: `${wrong} is no letter number; kvitok quarantine list shows them\n`,
    });
    expect(await desk.run('quarantine', 'show', wrong)).toMatchObject({ code: 65, stdout: '' });
  }
  expect((await desk.run('quarantine', 'list')).stdout).toMatch(/^3 /m);
  expect(await desk.run('quarantine', 'show', '99')).toMatchObject({
    code: 66,
    stderr: 'there is no letter 99; kvitok quarantine list shows what is set aside\n',
  });
});

test('a robot’s letter is released as a person’s: it opens a ticket, and nothing is left in the list', async () => {
  expect(await desk.run('quarantine', 'release', '2')).toEqual({
    code: 0,
    stdout:
      "1 letter will be dealt with as a person's by kvitok run or kvitok once\nletter 2: bears the mark of a robot, so its writer gets no acknowledgement\n",
    stderr: '',
  });
  expect((await desk.run('once')).code).toBe(0);
  expect((await desk.run('tickets')).stdout).toContain('Backup done');
  expect((await desk.run('quarantine', 'list', '--all')).stdout).toBe('nothing is set aside\n');
  expect((await desk.run('why', '10019')).stdout).toContain('released by admin');
});

test('a robot’s letter that is tried again stays what it is, and the command says so before', async () => {
  const { stdout } = await desk.run('quarantine', 'retry', '2');
  expect(stdout).toContain('letter 2: stays set aside if the rules still call it automatic');
  expect((await desk.run('once')).code).toBe(0);
  expect((await desk.run('quarantine', 'list', '--automatic')).stdout).toMatch(/^2 /m);
});

test('release wants numbers, for what is set aside is looked at one by one', async () => {
  expect(await desk.run('quarantine', 'release', 'all')).toMatchObject({ code: 65, stdout: '' });
  expect(await desk.run('quarantine', 'release', '1')).toEqual({
    code: 66,
    stdout: 'nothing to release\n',
    stderr: 'kvitok quarantine: letter 1 is not set aside, it is on ticket 10008\n',
  });
});
