// kvitok check --ledger: an admin asks whether anything is lost, and is told by number what is.

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { raw } from '../support/letter.ts';
import { sentAnswer } from '../support/sent-answer.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ users: { sound: 'secret', late: 'secret', passed: 'secret', filing: 'secret' } });
});
afterAll(async () => {
  await dovecot?.stop();
});

const rooms: PostRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.remove();
});

const HOUR = 3_600_000;

function deskOf(user: string, changes: object = {}): PostRoom {
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, user, { startFrom: 'all', done: { flag: '$Kvitok' }, ...changes })],
    smtp: { directory: 'outgoing' },
  });
  rooms.push(room);
  return room;
}

const drop = (user: string, n: number, arrivedAt = Date.now()) =>
  dovecot.drop(user, raw({ messageId: `${n}@client.example`, text: `letter ${n}\n` }), arrivedAt);

/** What is said of the ledger, line by line, and the exit code. */
async function checked(room: PostRoom): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { code, stdout } = await room.command(['check', '--ledger']);
  return { code, lines: stdout.split('\n').filter((line) => /ledger/.test(line)) };
}

test('a desk that has dealt with all its letters is told their sum', async () => {
  const room = deskOf('sound');
  expect((await checked(room)).lines).toEqual([expect.stringMatching(/^warning.*nothing to compare yet/)]);
  for (const n of [1, 2, 3]) drop('sound', n, Date.now() - HOUR);
  expect((await room.command(['once'])).code).toBe(0);
  drop('sound', 4);
  expect(await checked(room)).toEqual({
    code: 0,
    lines: [
      'ok       ledger: letters handed over: 3 (opened 3); none is missing',
      'ok       ledger of mailbox sound: letters in the folder: 4, each with its row; 1 came in the last minutes and are on their way',
    ],
  });
});

test('a letter that has lain in the mailbox for an hour and was never taken in is named by its UID', async () => {
  const room = deskOf('late');
  drop('late', 1);
  expect((await room.command(['once'])).code).toBe(0);
  drop('late', 2, Date.now() - HOUR);
  const { code, lines } = await checked(room);
  expect(code).toBe(1);
  expect(lines[1]).toMatch(/^problem .*never taken in: UIDs 2; is kvitok running\?/);
});

test('a letter that was kept and passed over is named by its number', async () => {
  const room = deskOf('passed');
  for (const n of [1, 2]) drop('passed', n);
  expect((await room.command(['once'])).code).toBe(0);
  await room.store(async ({ db }) => {
    await db.deleteFrom('outbox').where('letter_id', '=', 1).execute();
    await db.deleteFrom('entries').where('letter_id', '=', 1).execute();
    await db.deleteFrom('letters').where('id', '=', 1).execute();
  });
  const { code, lines } = await checked(room);
  expect(code).toBe(1);
  expect(lines[0]).toBe('problem  ledger: letters that were kept and never dealt with: 1; please report it');
});

test('an answer that left two hours ago and was not filed is named with its ticket', async () => {
  const room = deskOf('filing', { sent: { folder: ['Sent'], read: false, file: true } });
  drop('filing', 1);
  expect((await room.command(['once'])).code).toBe(0);
  const of = (lines: readonly string[]) => lines.filter((line) => line.includes('sent letters'));
  expect(of((await checked(room)).lines)).toEqual([expect.stringMatching(/^ok .*no answer waits to be filed/)]);

  const [ticket, outbox] = await room.store(async ({ db }) => {
    const { id, number } = await db.selectFrom('tickets').selectAll().executeTakeFirstOrThrow();
    await db
      .updateTable('settings')
      .set({ value: String(Date.now() - 3 * HOUR) })
      .where('name', '=', 'filed-since:filing')
      .execute();
    return [number, await sentAnswer(db, { key: 'late', ticket: id, sentAt: Date.now() - 2 * HOUR })];
  });
  const { code, lines } = await checked(room);
  expect(code).toBe(1);
  expect(of(lines)).toEqual([
    `problem  ledger of sent letters in mailbox filing: answers that left and were not filed: outbox ${outbox} of ticket ${ticket}; is kvitok running? then its log says why (filing)`,
  ]);
});
