// kvitok sla explain and kvitok tickets --due: a lead sees how time is counted, and what to answer first.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { explainFacts, explainPage } from '../../src/admin/sla-explain.ts';
import { queueTable, withTimeLeft } from '../../src/admin/tickets-due.ts';
import type { Level } from '../../src/desk/tickets.ts';
import { clockTimes } from '../../src/desk/timetable.ts';
import { startClock, stopAnswered, stopClocks } from '../../src/store/clocks.ts';
import { explainedTicket } from '../../src/store/explain.ts';
import { waitingTickets } from '../../src/store/queue.ts';
import type { Tables } from '../../src/store/schema.ts';
import { setLevel } from '../../src/store/ticket-fields.ts';
import { withStore } from '../support/store.ts';
import { fileAnswer, fileLetter, openTicket } from '../support/tickets.ts';
import { REGULATION } from '../support/timetable.ts';
import { type Desk, freshDesk } from './desk.ts';

const at = (text: string) => Date.parse(text);
const FRIDAY = at('2026-11-20T19:30+03:00');
const BORIS = { by: 'boris@desk.example', because: '#level' };

async function letter(db: Kysely<Tables>, ticket: number, when: number, level: Level): Promise<void> {
  await startClock(db, ticket, await fileLetter(db, ticket, when), clockTimes(REGULATION, level, when));
}

const page = async (db: Kysely<Tables>, ticket: number, now: string) => {
  const explained = await explainedTicket(db, ticket);
  return explainPage(explained!, REGULATION, 'Europe/Moscow', at(now)).split('\n');
};

describe('the time of a ticket', () => {
  test('is shown stretch by stretch while a letter waits', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { level: 'partner', level_because: 'client Луч, partner' });
      await letter(db, ticket, FRIDAY, 'partner');
      expect(await page(db, ticket, '2026-11-21T10:15+03:00')).toEqual([
        '[#10008] Printer',
        'level partner (client Луч, partner); new; due 2026-11-21 11:30',
        '',
        'letter of 2026-11-20 19:30 from ivan@client.example',
        '  partner, 3 working hours, by the calendar support (Europe/Moscow)',
        '  Fri 2026-11-20 19:30 – Fri 2026-11-20 20:00    0:30  counted, weekday',
        '  Fri 2026-11-20 20:00 – Sat 2026-11-21 09:00   13:00  paused, closed',
        '  Sat 2026-11-21 09:00 – Sat 2026-11-21 10:15    1:15  counted, weekend',
        '  due 2026-11-21 11:30; warning at 2026-11-21 10:45, not told yet',
        '  waits: 1:45 of working time so far, 1:15 left',
        '',
        'times of Europe/Moscow; lengths in hours and minutes',
        '',
      ]);
    }));

  test('says when it was answered, by which level, and what was changed meanwhile', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { level: 'free' });
      await letter(db, ticket, FRIDAY, 'free');
      await setLevel(db, ticket, 'partner', REGULATION, BORIS, FRIDAY + 60_000);
      await stopAnswered(db, ticket, await fileAnswer(db, ticket, FRIDAY), at('2026-11-21T12:15+03:00'));
      await setLevel(db, ticket, 'development', REGULATION, BORIS, at('2026-11-22T12:00+03:00'));
      const lines = await page(db, ticket, '2026-11-25T12:00+03:00');
      expect(lines).toContain('level development (#level); new; nothing waits for an answer');
      expect(lines).toContain('  partner, 3 working hours, by the calendar support (Europe/Moscow)');
      expect(lines).toContain('  answered 2026-11-21 12:15 after 3:45 of working time, late by 0:45');
      expect(lines).toContain('  2026-11-20 19:31  level free → partner, boris@desk.example: #level');
      expect(lines).toContain(
        '  2026-11-20 19:31  deadline 2026-11-23 13:30 → 2026-11-21 11:30, boris@desk.example: level partner',
      );
    }));

  test('of a letter that needed no answer in the end says so, and of a ticket without any', () =>
    withStore(async ({ db }) => {
      const [spam, old] = [await openTicket(db, 1), await openTicket(db, 2)];
      await letter(db, spam, FRIDAY, 'free');
      await stopClocks(db, spam, 'spam', FRIDAY + 600_000);
      expect(await page(db, spam, '2026-11-25T12:00+03:00')).toContain(
        '  stopped without an answer (spam) 2026-11-20 19:40 after 0:10 of working time, in time, 23:50 left',
      );
      expect(await page(db, old, '2026-11-25T12:00+03:00')).toContain(
        'no letter of this ticket ever waited for an answer',
      );
    }));

  test('is given to scripts in full', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { level: 'partner' });
      await letter(db, ticket, FRIDAY, 'partner');
      const explained = await explainedTicket(db, ticket);
      expect(explainFacts(explained!, REGULATION, at('2026-11-21T12:30+03:00'))).toMatchObject({
        number: '10008',
        level: 'partner',
        due: '2026-11-21T11:30:00+03:00',
        letters: [
          {
            arrived: '2026-11-20T19:30:00+03:00',
            hours: 3,
            due: '2026-11-21T11:30:00+03:00',
            warn: '2026-11-21T10:45:00+03:00',
            stopped: null,
            worked_ms: 4 * 3_600_000,
            late: true,
            intervals: [{ counted: true }, { counted: false }, { counted: true, to: '2026-11-21T12:30:00+03:00' }],
          },
        ],
      });
    }));
});

describe('the queue', () => {
  test('is critical first, then strictly by the arrival of the oldest letter that waits', () =>
    withStore(async ({ db }) => {
      const hour = 3_600_000;
      const tickets = [];
      for (let n = 1; n <= 5; n++)
        tickets.push(await openTicket(db, n, { critical: n === 4 ? 'yes' : n === 3 ? 'proposed' : 'no' }));
      // of the level, and of when it is due, nothing depends
      await setLevel(db, tickets[2]!, 'partner', REGULATION, BORIS, 0);
      for (const [n, hours] of [
        [0, 5],
        [1, 2],
        [2, 4],
        [3, 6],
        [0, 1],
        [4, 3],
      ] as const)
        await letter(db, tickets[n]!, FRIDAY - hours * hour, n === 2 ? 'partner' : 'free');
      await stopClocks(db, tickets[4]!, 'spam', FRIDAY);
      const rows = withTimeLeft(await waitingTickets(db, {}, 50), REGULATION, FRIDAY);
      expect(rows.map(({ id }) => id - 1000)).toEqual([3, 0, 2, 1]);
      expect(queueTable(rows, 'Europe/Moscow', FRIDAY, 'queue').split('\n')).toEqual([
        expect.stringMatching(/^ticket +waits since +due +working time +level +assigned to +from +subject$/),
        expect.stringMatching(
          /^10035 +critical +2026-11-20 13:30 +2026-11-22 17:30 +18:00 left +free +ivan@client\.example +Printer$/,
        ),
        expect.stringMatching(/^10008 +2026-11-20 14:30 /),
        expect.stringMatching(
          /^10024 +critical\?, before its turn +2026-11-20 15:30 +2026-11-20 18:30 +1:00 late +partner /,
        ),
        expect.stringMatching(/^10019 +2026-11-20 17:30 /),
        '',
      ]);
      const due = await waitingTickets(db, {}, 50, 'deadline');
      expect(due.map(({ id }) => id - 1000)).toEqual([2, 3, 0, 1]);
      expect((await waitingTickets(db, {}, 2)).map(({ id }) => id - 1000)).toEqual([3, 0]);
      expect(await waitingTickets(db, { requester: 'other@client.example' }, 2)).toEqual([]);
    }));
});

describe('at the shell', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = freshDesk();
    await desk.takeIn({ subject: 'Корзина', text: 'Не открывается корзина.\n' });
  });
  afterAll(() => desk.remove());

  test('what waits is listed with what is left of its time', async () => {
    const { code, stdout } = await desk.run('tickets', '--due');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^10008 .* left +free +ivan@client\.example +Корзина$/m);
    const [row] = JSON.parse((await desk.run('tickets', '--due', '--json')).stdout) as {
      number: string;
      late_ms: number;
    }[];
    expect(row).toMatchObject({ number: '10008', late_ms: 0 });
    expect(stdout).toContain('in the order of the queue: critical first, then by arrival');
    const byDeadline = await desk.run('tickets', '--due', '--by', 'deadline');
    expect(byDeadline.stdout).toContain('by what is due first');
  });

  test('a queue is no search', async () => {
    expect(await desk.run('tickets', '--due', '--state', 'new')).toMatchObject({ code: 64 });
  });

  test('a ticket is explained, one that is not there is told, and an empty queue is said', async () => {
    expect((await desk.run('sla', 'explain', '10008')).stdout).toMatch(/\n {2}waits: \d+:\d\d of working time so far/);
    expect(JSON.parse((await desk.run('sla', 'explain', '10008', '--json')).stdout)).toMatchObject({ number: '10008' });
    expect(await desk.run('sla', 'explain', '10019')).toMatchObject({
      code: 66,
      stderr: 'there is no ticket 10019; kvitok tickets lists them\n',
    });
    await desk.run('set', '10008', '--state', 'resolved');
    expect((await desk.run('tickets', '--due')).stdout).toBe('nothing waits for an answer\n');
  });
});
