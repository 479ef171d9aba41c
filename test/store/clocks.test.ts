// Reaction clocks: what starts, stops and moves them, and that the oldest letter that waits is the deadline of its ticket.

import { describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { markingOf } from '../../src/daemon/marking.ts';
import type { Level } from '../../src/desk/tickets.ts';
import { clockTimes } from '../../src/desk/timetable.ts';
import { clocksOf, startClock, stopAnswered } from '../../src/store/clocks.ts';
import { consequencesOf } from '../../src/store/consequences.ts';
import { eventsOf } from '../../src/store/events.ts';
import { moveTicket } from '../../src/store/move-ticket.ts';
import { claimOutgoing, settleOutgoing } from '../../src/store/outbox.ts';
import { queueLetter } from '../../src/store/outbox-queue.ts';
import { carryClocks, recountAll } from '../../src/store/recount-clocks.ts';
import type { Tables } from '../../src/store/schema.ts';
import { setAssignee, setCritical, setLevel } from '../../src/store/ticket-fields.ts';
import { MARKS } from '../support/desk.ts';
import { withStore } from '../support/store.ts';
import { fileAnswer, fileLetter, openTicket } from '../support/tickets.ts';
import { calendarWith, REGULATION } from '../support/timetable.ts';
import { TO_IVAN } from '../support/to-ivan.ts';

type Db = Kysely<Tables>;
const HOUR = 3_600_000;
/** A Monday. */
const TEN = Date.parse('2026-03-02T10:00+03:00');
const BORIS = { by: 'boris@desk.example', because: 'by #level' };

/** Files a letter of the customer on a ticket, with its clock; gives the entry. */
async function letter(db: Db, ticket: number, at: number, level: Level = 'free'): Promise<number> {
  const id = await fileLetter(db, ticket, at);
  await startClock(db, ticket, id, clockTimes(REGULATION, level, at));
  return id;
}

const queueAnswer = (db: Db, ticket: number, entry: number) =>
  queueLetter(db, {
    dedupKey: `answer:${entry}`,
    messageId: `a${entry}@kvitok.desk.example`,
    kind: 'answer',
    form: 'plain',
    ticket,
    letter: null,
    entry,
    ...TO_IVAN,
    now: TEN,
  });

const dueOf = async (db: Db, ticket: number) =>
  (await db.selectFrom('tickets').select('due_at').where('id', '=', ticket).executeTakeFirstOrThrow()).due_at;

const stopped = async (db: Db, ticket: number) =>
  (await clocksOf(db, ticket)).map((clock) => [clock.stopped_at, clock.stopped_because]);

const move = (db: Db, ticket: number, from: string, to: string, by = 'admin', at = TEN) =>
  moveTicket(db, { ticket, from: from as 'open', to: to as 'open', by, because: '' }, at);

describe('the deadline of a ticket', () => {
  test('is that of the oldest letter that waits, however often the customer writes', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1);
      await letter(db, ticket, TEN);
      expect(await dueOf(db, ticket)).toBe(TEN + 48 * HOUR);
      await letter(db, ticket, TEN + 5 * HOUR);
      expect(await dueOf(db, ticket)).toBe(TEN + 48 * HOUR);
      // a letter that was longer on its way than one that is here already
      await letter(db, ticket, TEN - HOUR);
      expect(await dueOf(db, ticket)).toBe(TEN + 47 * HOUR);
    }));

  test('is none once the answer has left, and an answer leaves letters alone that were filed after it', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1);
      await letter(db, ticket, TEN);
      const answer = await fileAnswer(db, ticket, TEN + HOUR);
      await letter(db, ticket, TEN + HOUR + 1);
      await stopAnswered(db, ticket, answer, TEN + 2 * HOUR);
      expect(await stopped(db, ticket)).toEqual([
        [TEN + 2 * HOUR, 'answered'],
        [null, null],
      ]);
      expect(await dueOf(db, ticket)).toBe(TEN + HOUR + 1 + 48 * HOUR);
      await stopAnswered(db, ticket, await fileAnswer(db, ticket, TEN + 3 * HOUR), TEN + 3 * HOUR);
      expect(await dueOf(db, ticket)).toBeNull();
    }));
});

const consequenceOf = consequencesOf({
  ...markingOf(MARKS, false, () => 'random0001'),
  operators: () => [],
  timetable: () => REGULATION,
  language: 'ru',
});

describe('the answer', () => {
  test.each([
    ['sent', [[TEN + HOUR, 'answered']]],
    ['failed', [[null, null]]],
    ['unknown', [[null, null]]],
  ] as const)('that is %s counts as a reaction only when SMTP has accepted it', (state, expected) =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1);
      await letter(db, ticket, TEN);
      await queueAnswer(db, ticket, await fileAnswer(db, ticket, TEN));
      const [answer] = await claimOutgoing(db, 'me', TEN, 1, true);
      expect(await stopped(db, ticket)).toEqual([[null, null]]);
      await settleOutgoing(db, answer!, 'me', { state, error: null }, TEN + HOUR, consequenceOf('answer'));
      expect(await stopped(db, ticket)).toEqual(expected);
    }),
  );

  test('is a consequence of no other letter', () => {
    expect(consequenceOf('acknowledgement')).toBeNull();
  });
});

describe('a move of the ticket', () => {
  test.each(['spam', 'merged', 'resolved'])('to %s stops its clocks', (state) =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      await move(db, ticket, 'open', state, 'boris@desk.example', TEN + HOUR);
      expect(await stopped(db, ticket)).toEqual([[TEN + HOUR, state]]);
      expect(await dueOf(db, ticket)).toBeNull();
    }),
  );

  test.each(['waiting', 'deferred', 'new'])('to %s leaves them running: only an answer that left stops them', (state) =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      await move(db, ticket, 'open', state);
      expect(await stopped(db, ticket)).toEqual([[null, null]]);
    }),
  );

  test('to resolved by an answer that is still on its way leaves them to the answer', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      const answer = await fileAnswer(db, ticket, TEN);
      await queueAnswer(db, ticket, answer);
      await move(db, ticket, 'open', 'resolved', 'boris@desk.example');
      expect(await stopped(db, ticket)).toEqual([[null, null]]);
    }));

  test('leaves them to an answer too that is decided on in the same breath, and stops those of later letters', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      await fileAnswer(db, ticket, TEN);
      await letter(db, ticket, TEN + 1);
      await move(db, ticket, 'open', 'resolved', 'boris@desk.example');
      expect(await stopped(db, ticket)).toEqual([
        [null, null],
        [TEN, 'resolved'],
      ]);
    }));

  test('that is undone by hand lets the unanswered letters run on from their arrival', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      await move(db, ticket, 'open', 'spam');
      await move(db, ticket, 'spam', 'open');
      expect(await stopped(db, ticket)).toEqual([[null, null]]);
      expect(await dueOf(db, ticket)).toBe(TEN + 48 * HOUR);
    }));

  test('lets nothing run on that was answered since', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      await move(db, ticket, 'open', 'resolved');
      await move(db, ticket, 'resolved', 'open', 'kvitok');
      await stopAnswered(db, ticket, await fileAnswer(db, ticket, TEN), TEN + HOUR);
      await move(db, ticket, 'open', 'resolved');
      await move(db, ticket, 'resolved', 'open');
      expect(await dueOf(db, ticket)).toBeNull();
    }));

  test('by a new letter of the customer leaves to rest what was resolved by hand', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { state: 'open' });
      await letter(db, ticket, TEN);
      await move(db, ticket, 'open', 'resolved');
      await move(db, ticket, 'resolved', 'open', 'kvitok');
      expect(await stopped(db, ticket)).toEqual([[TEN, 'resolved']]);
    }));
});

describe('another level', () => {
  test('counts from the arrival of each letter, and the history keeps the old deadline', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1);
      await letter(db, ticket, TEN);
      expect(await setLevel(db, ticket, 'partner', REGULATION, BORIS, TEN + 60_000)).toBe('free');
      expect(await dueOf(db, ticket)).toBe(TEN + 3 * HOUR);
      await setLevel(db, ticket, 'development', REGULATION, BORIS, TEN + 120_000);
      expect(await dueOf(db, ticket)).toBe(Date.parse('2026-03-26T20:00+03:00'));
      expect(await eventsOf(db, ticket)).toMatchObject([
        { kind: 'level', was: 'free', became: 'partner', by_whom: 'boris@desk.example', because: 'by #level' },
        { kind: 'deadline', was: '2026-03-04T07:00:00.000Z', became: '2026-03-02T10:00:00.000Z' },
        { kind: 'level', was: 'partner', became: 'development' },
        { kind: 'deadline', was: '2026-03-02T10:00:00.000Z', because: 'level development' },
      ]);
    }));

  test('lets what was told of the old deadline be told of the new one', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1, { level: 'partner' });
      await letter(db, ticket, TEN, 'partner');
      await db.updateTable('clocks').set({ warned_at: TEN, missed_at: TEN }).execute();
      await setLevel(db, ticket, 'free', REGULATION, BORIS, TEN + 4 * HOUR);
      expect(await clocksOf(db, ticket)).toMatchObject([{ warned_at: null, missed_at: null }]);
    }));

  test('leaves answered letters as they were', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1);
      await letter(db, ticket, TEN);
      await stopAnswered(db, ticket, await fileAnswer(db, ticket, TEN), TEN + HOUR);
      await setLevel(db, ticket, 'partner', REGULATION, BORIS, TEN + 2 * HOUR);
      expect(await clocksOf(db, ticket)).toMatchObject([{ due_at: TEN + 48 * HOUR }]);
      expect(await dueOf(db, ticket)).toBeNull();
    }));

  test('that is the same one is no event', () =>
    withStore(async ({ db }) => {
      const ticket = await openTicket(db, 1);
      await setLevel(db, ticket, 'free', REGULATION, BORIS, TEN);
      expect(await eventsOf(db, ticket)).toEqual([]);
    }));
});

test('another calendar counts all that waits anew, once', () =>
  withStore(async ({ db }) => {
    const ticket = await openTicket(db, 1);
    await letter(db, ticket, TEN);
    const calendar = calendarWith({ weekdays: '00:00-24:00', daysOff: '00:00-24:00' });
    const always = { ...REGULATION, levels: { ...REGULATION.levels, free: { ...REGULATION.levels.free, calendar } } };
    expect(await recountAll(db, always, TEN)).toBe(1);
    expect(await dueOf(db, ticket)).toBe(TEN + 24 * HOUR);
    expect(await recountAll(db, always, TEN)).toBe(0);
    expect(await eventsOf(db, ticket)).toMatchObject([
      { kind: 'deadline', because: 'levels or calendars were changed' },
    ]);
  }));

test('letters that are taken to another ticket bring their clocks, counted by its level', () =>
  withStore(async ({ db }) => {
    const [from, into] = [await openTicket(db, 1), await openTicket(db, 2, { level: 'partner' })];
    const first = await letter(db, from, TEN);
    await letter(db, from, TEN + HOUR);
    await carryClocks(db, { from, into, entry: first }, REGULATION, TEN);
    expect([await dueOf(db, from), await dueOf(db, into)]).toEqual([TEN + 49 * HOUR, TEN + 3 * HOUR]);
    await carryClocks(db, { from, into }, REGULATION, TEN);
    expect([await dueOf(db, from), await dueOf(db, into)]).toEqual([null, TEN + 3 * HOUR]);
    expect(await clocksOf(db, into)).toHaveLength(2);
  }));

test('answered letters stay with the ticket on which they were answered', () =>
  withStore(async ({ db }) => {
    const [from, into] = [await openTicket(db, 1), await openTicket(db, 2)];
    await letter(db, from, TEN);
    await stopAnswered(db, from, await fileAnswer(db, from, TEN), TEN);
    await carryClocks(db, { from, into }, REGULATION, TEN);
    expect([await clocksOf(db, from), await clocksOf(db, into)].map((clocks) => clocks.length)).toEqual([1, 0]);
  }));

test('who is to answer and what goes before the queue is written down with its history', () =>
  withStore(async ({ db }) => {
    const ticket = await openTicket(db, 1);
    expect(await setAssignee(db, ticket, 'boris@desk.example', BORIS, TEN)).toBeNull();
    expect(await setCritical(db, ticket, 'yes', BORIS, TEN)).toBe('no');
    expect(await eventsOf(db, ticket)).toMatchObject([
      { kind: 'assignee', was: null, became: 'boris@desk.example' },
      { kind: 'critical', was: 'no', became: 'yes' },
    ]);
  }));
