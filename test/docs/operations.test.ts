// docs/operations.md against the code it describes.

import { expect, test } from '@jest/globals';
import { CAUSES } from '../../src/alarms/causes.ts';
import { metricsOf } from '../../src/web/metrics.ts';
import { named, read, rowsBelow } from './pages.ts';

const page = read('docs/operations.md');

test('the page tells of every alarm, and of no other', () => {
  const told = rowsBelow(page, 'Alarms').map(([name]) => named(name));
  expect(told.toSorted()).toEqual(Object.keys(CAUSES).toSorted());
});

test('the page lists every metric, and no other', async () => {
  const none = { now: 0, mailboxes: [], troubles: [] };
  const numbers = {
    inWork: 0,
    quarantined: 0,
    outbox: [],
    oldestWaiting: null,
    unanswered: 0,
    oldestUnanswered: null,
    lateTickets: 0,
    dueTickets: 0,
  };
  const { body } = await metricsOf().text({ ...none, numbers });
  const there = [...body.matchAll(/^# TYPE (\S+) /gm)].map((match) => match[1]!);
  const told = rowsBelow(page, 'Health and metrics').map(([name]) => named(name));
  expect(told.toSorted()).toEqual(there.toSorted());
});
