// A low mark by the link of a letter: the leads hear of it as of one that came by letter.

import { expect, test } from '@jest/globals';
import { tellLowMark } from '../../src/daemon/low-mark.ts';
import { ratingOver } from '../../src/daemon/rating.ts';
import type { Operator } from '../../src/desk/operators.ts';
import { ratingToken } from '../../src/thread/rating-link.ts';
import { configOf } from '../support/posted.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const KEYS = { current: 'key', believed: ['key'] };
const CONFIG = configOf({ web: { port: 8424, url: 'https://support.desk.example/' } });
const NOW = Date.parse('2026-11-25T12:00:00+03:00');

const operator = (name: string, role: Operator['role']): Operator => {
  const address = `${name}@desk.example`;
  return { identity: address, address, name, role, notify: true };
};
const operators = [operator('anna', 'lead'), operator('boris', 'operator')];

/** Who is told when a customer rates so, and once more so. */
const toldOf = (...marks: readonly (1 | 2 | 3 | 4 | 5)[]) =>
  withStore(async ({ db }) => {
    await openTicket(db, 1, { state: 'resolved' });
    let count = 0;
    const marking = { messageIdFor: () => `m${++count}@kvitok.desk.example`, replyAddressFor: () => null };
    const deps = { ...marking, operators, language: 'ru', now: NOW } as const;
    const page = ratingOver(
      CONFIG,
      { db },
      KEYS,
      () => NOW,
      (trx, ticket, stars) => tellLowMark(trx, ticket, stars, deps),
    );
    for (const stars of marks) await page!.rate(ratingToken(KEYS, 1000), stars);
    const rows = await db.selectFrom('outbox').select(['kind', 'form', 'recipient']).orderBy('id').execute();
    const entries = await db.selectFrom('entries').select(['kind', 'reply']).execute();
    return [
      ...rows.map(({ kind, form, recipient }) => `${kind}-${form} ${recipient}`),
      ...entries.map(({ kind, reply }) => `${kind} ${reply}`),
    ];
  });

test('a mark of 2 stands on the ticket and is told to the lead, once however often the button is pressed', async () => {
  expect(await toldOf(2, 2)).toEqual(['notification-rating anna@desk.example', 'rating 2']);
});

test('a good mark is told to nobody', async () => {
  expect(await toldOf(4)).toEqual([]);
});
