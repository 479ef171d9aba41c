// The numbers of a desk: what waits, what failed, what was set aside.

import { expect, test } from '@jest/globals';
import {
  deskNumbers,
  failedSince,
  failedToBeHandled,
  shareAside,
  unprovenSince,
  waiting,
} from '../../src/store/numbers.ts';
import { withStore } from '../support/store.ts';
import { openTicket, queueAcknowledgement } from '../support/tickets.ts';

const NOW = 1_700_000_000_000;
const NONE = { letters: 0, oldest: null, newest: null, error: null };

test('an empty desk has nothing of anything', () =>
  withStore(async (store) => {
    for (const group of [
      await failedToBeHandled(store.db),
      await waiting(store.db, NOW),
      await failedSince(store.db, 0),
    ])
      expect(group).toEqual(NONE);
    expect(await unprovenSince(store.db, 0)).toEqual({ ...NONE, unasked: 0 });
    expect(await shareAside(store.db, 0, NOW)).toEqual({ letters: 0, aside: 0 });
    expect(await deskNumbers(store, NOW)).toEqual({
      inWork: 0,
      quarantined: 0,
      outbox: [],
      oldestWaiting: null,
      unanswered: 0,
      oldestUnanswered: null,
      lateTickets: 0,
      dueTickets: 0,
    });
  }));

test('letters that leave are waiting when they are due or were tried, and failed when they were given up lately', () =>
  withStore(async (store) => {
    const { db } = store;
    for (let letter = 1; letter <= 5; letter++) {
      await queueAcknowledgement(db, letter, await openTicket(db, letter), NOW + letter);
    }
    const change = (letter: number, values: object) =>
      db.updateTable('outbox').set(values).where('letter_id', '=', letter).execute();
    await change(1, { last_error: '451 later', not_before: NOW + 9e6 });
    await change(2, { not_before: NOW + 9e6 });
    await change(3, { state: 'failed', last_error: '550 no', settled_at: NOW + 60 });
    await change(4, { state: 'failed', last_error: '550 no', settled_at: NOW - 60 });
    await change(5, { state: 'sent', settled_at: NOW });
    expect(await waiting(db, NOW + 100)).toEqual({ letters: 1, oldest: NOW + 1, newest: NOW + 1, error: '451 later' });
    expect(await failedSince(db, NOW)).toEqual({ letters: 1, oldest: NOW + 60, newest: NOW + 60, error: '550 no' });
    const { outbox } = await deskNumbers(store, NOW);
    expect(outbox).toEqual([
      { kind: 'acknowledgement', state: 'queued', letters: 2 },
      { kind: 'acknowledgement', state: 'failed', letters: 2 },
    ]);
  }));

test('tickets are late when their deadline has passed, due when it comes within the hour', () =>
  withStore(async (store) => {
    for (const [i, minutes] of [-1, 30, 59, 61].entries())
      await openTicket(store.db, i + 1, { due_at: NOW + minutes * 60_000 });
    expect(await deskNumbers(store, NOW)).toMatchObject({ lateTickets: 1, dueTickets: 2 });
  }));

test('of letters set aside the alarm counts those that could not be handled, the gauge all that wait for somebody', () =>
  withStore(async (store) => {
    const { db } = store;
    const aside = ['failed', 'unproven', 'unasked', 'held', 'given-up', 'automatic', 'own'] as const;
    for (const [i, why] of aside.entries()) {
      await openTicket(db, i + 1);
      const values = {
        disposition: 'quarantined',
        dealt_at: NOW,
        because: 'why',
        author: 'anna@desk.example',
        aside: why,
      };
      await db
        .updateTable('letters')
        .set(values)
        .where('id', '=', i + 1)
        .execute();
    }
    expect(await failedToBeHandled(db)).toEqual({ letters: 1, oldest: NOW, newest: NOW, error: 'why' });
    expect((await deskNumbers(store, NOW)).quarantined).toBe(4);
    expect(await unprovenSince(db, NOW - 1)).toMatchObject({ letters: 3, unasked: 1, error: 'anna@desk.example' });
    // our own that come back, and what somebody gave up, hide nothing from people
    expect(await shareAside(db, NOW - 1, NOW)).toEqual({ letters: 7, aside: 5 });
  }));
