// Which answers should lie among the sent letters of a mailbox and do not.

import { expect, test } from '@jest/globals';
import { filedSince, noteFiled, unfiledAnswers } from '../../src/store/filings.ts';
import { REST } from '../../src/store/outbox-queue.ts';
import type { Store } from '../../src/store/store.ts';
import { sentAnswer } from '../support/sent-answer.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const BEGUN = NOW - 10_000;

/** A desk that files into its mailbox "support" since ten seconds ago. */
const filingDesk = (use: (store: Store, ticket: number) => Promise<void>) =>
  withStore(async (store) => {
    const ticket = await openTicket(store.db, 1);
    await filedSince(store.db, 'support', BEGUN);
    await use(store, ticket);
  });

test('an answer that left and was not filed is named with its ticket, until it is filed', () =>
  filingDesk(async ({ db }, ticket) => {
    const outbox = await sentAnswer(db, { key: 'answer', ticket, sentAt: NOW - 1 });
    expect(await unfiledAnswers(db, 'support', NOW)).toEqual([{ outbox, ticket }]);
    await noteFiled(db, outbox, 'support', NOW);
    expect(await unfiledAnswers(db, 'support', NOW)).toEqual([]);
  }));

test('an answer that left a moment ago, or before filing was switched on, is not waited for', () =>
  filingDesk(async ({ db }, ticket) => {
    await sentAnswer(db, { key: 'just now', ticket, sentAt: NOW });
    await sentAnswer(db, { key: 'long ago', ticket, sentAt: BEGUN - 1 });
    expect(await unfiledAnswers(db, 'support', NOW)).toEqual([]);
  }));

test('what is never filed is not waited for: no answer, a repetition, an answer that was erased, one that failed', () =>
  filingDesk(async ({ db }, ticket) => {
    const sentAt = NOW - 1;
    await sentAnswer(db, { key: 'acknowledged', ticket, sentAt, kind: 'acknowledgement' });
    await sentAnswer(db, { key: `${REST}answer`, ticket, sentAt });
    const erased = await sentAnswer(db, { key: 'erased', ticket, sentAt });
    await db.updateTable('outbox').set({ model: '{}' }).where('id', '=', erased).execute();
    const failed = await sentAnswer(db, { key: 'failed', ticket, sentAt });
    await db.updateTable('outbox').set({ state: 'failed' }).where('id', '=', failed).execute();
    expect(await unfiledAnswers(db, 'support', NOW)).toEqual([]);
  }));

test('a mailbox into which nothing was ever to be filed owes nothing, and is not begun by the question', () =>
  filingDesk(async ({ db }, ticket) => {
    await sentAnswer(db, { key: 'answer', ticket, sentAt: NOW - 1 });
    expect(await unfiledAnswers(db, 'another', NOW)).toBeNull();
    expect(await unfiledAnswers(db, 'another', NOW)).toBeNull();
  }));
