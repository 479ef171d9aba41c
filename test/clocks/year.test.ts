// A year of a desk that answers late: letters at all hours, operators who forget, a store that is closed and opened again.
// Every warning is sent once, every miss is told, and the sums are those of a ledger that is kept beside.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { tellDeadlines } from '../../src/clocks/deadlines.ts';
import type { Operator } from '../../src/desk/operators.ts';
import { unequal } from '../../src/desk/report/figures.ts';
import { periodOf } from '../../src/desk/report/period.ts';
import type { Level } from '../../src/desk/tickets.ts';
import { type ClockTimes, clockTimes, LEVELS } from '../../src/desk/timetable.ts';
import { isWorkingTime } from '../../src/desk/working-time.ts';
import { figuresIn } from '../../src/outbox/report.ts';
import { startClock, stopAnswered } from '../../src/store/clocks.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { rememberingLog } from '../support/store.ts';
import { fileAnswer, fileLetter, openTicket } from '../support/tickets.ts';
import { REGULATION, SUPPORT } from '../support/timetable.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-01T00:00+03:00');
const END = Date.parse('2027-01-01T00:00+03:00');
/** How often the desk looks at its deadlines in this year. */
const LOOK = 30 * MINUTE;
const TICKETS = 400;

const person = (name: string, role: Operator['role']): Operator => {
  const address = `${name}@desk.example`;
  return { identity: address, address, name, role, notify: true };
};
const OPERATORS = [person('anna', 'lead'), person('boris', 'operator'), person('vera', 'operator')];

interface Happening {
  readonly at: number;
  readonly ticket: number;
  readonly what: 'opens' | 'writes' | 'is answered';
}

/** What the ledger beside knows of a run of letters up to the answer to them: only the first of them counts. */
interface Episode {
  readonly ticket: number;
  readonly times: ClockTimes;
  readonly answered: number | null;
}

/** The same numbers at every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
const source = numbers(2026);
const random = () => source.next().value;
/** Mostly soon, sometimes late, now and then very late. */
const delay = (mean: number) => Math.round((-Math.log(1 - random()) * mean) / MINUTE) * MINUTE + MINUTE;

const levelOf = (ticket: number): Level => LEVELS[ticket % LEVELS.length]!;
const MEAN: Readonly<Record<Level, number>> = {
  free: 1.5 * DAY,
  partner: 8 * HOUR,
  development: 15 * DAY,
  consulting: 3 * DAY,
};

/** Letters and answers of a year in the order of time. */
function happenings(): readonly Happening[] {
  const all: Happening[] = [];
  for (let n = 1; n <= TICKETS; n++) {
    const ticket = 999 + n;
    let at = START + Math.floor((random() * (END - START)) / MINUTE) * MINUTE;
    all.push({ at, ticket, what: 'opens' });
    for (let step = 0; step < 6; step++) {
      const answers = random() < 0.5;
      at += answers ? delay(MEAN[levelOf(ticket)]) : delay(DAY);
      all.push({ at, ticket, what: answers ? 'is answered' : 'writes' });
    }
  }
  return all.filter(({ at }) => at < END).sort((a, b) => a.at - b.at);
}

/** The ledger: what must be told, worked out from the happenings alone. */
function episodesOf(happened: readonly Happening[]): readonly Episode[] {
  const open = new Map<number, ClockTimes>();
  const done: Episode[] = [];
  for (const { at, ticket, what } of happened) {
    const times = open.get(ticket);
    if (what !== 'is answered') {
      if (!times) open.set(ticket, clockTimes(REGULATION, levelOf(ticket), at));
    } else if (times) {
      done.push({ ticket, times, answered: at });
      open.delete(ticket);
    }
  }
  return [...done, ...[...open].map(([ticket, times]) => ({ ticket, times, answered: null }))];
}

/** The first look at or after a moment in working time. A look comes after what happens in its minute. */
function lookAfter(at: number): number {
  let look = START + Math.ceil((at - START) / LOOK) * LOOK;
  while (!isWorkingTime(look, SUPPORT)) look += LOOK;
  return look;
}

/** Tickets in the ledger of which the desk must be told, as often as it must. */
function mustTell(episodes: readonly Episode[], form: 'before' | 'missed'): readonly number[] {
  return episodes
    .filter(({ times: { warnAt, dueAt }, answered }) => {
      const over = answered ?? Number.POSITIVE_INFINITY;
      if (form === 'missed') return over > dueAt && lookAfter(dueAt) < END;
      const look = lookAfter(warnAt);
      return look < dueAt && look < over && look < END;
    })
    .map(({ ticket }) => ticket);
}

let dir = '';
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-year-'));
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

/** What a power cut would leave of it is not the question here, and a year of waiting for the disk is long. */
async function opened(): Promise<Store> {
  const store = await openStore(dir);
  await sql`pragma synchronous = off`.execute(store.db);
  return store;
}

async function happen({ db }: Store, { at, ticket, what }: Happening): Promise<void> {
  const level = levelOf(ticket);
  if (what === 'is answered') return stopAnswered(db, ticket, await fileAnswer(db, ticket, at), at);
  if (what === 'opens') {
    const assignee = ticket % 3 === 0 ? 'boris@desk.example' : null;
    await openTicket(db, ticket - 999, { level, assignee, opened_at: at });
  }
  await startClock(db, ticket, await fileLetter(db, ticket, at), clockTimes(REGULATION, level, at));
}

const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

test('in a year every warning is sent once, every missed deadline is told, and the sums are equal', async () => {
  const happened = happenings();
  let store = await opened();
  let ids = 0;
  const look = (now: number) =>
    tellDeadlines({
      db: store.db,
      timetable: REGULATION,
      operators: OPERATORS,
      language: 'ru',
      log: rememberingLog(),
      now,
      messageIdFor: (kind, ticket) => `${kind}.${ticket}.${++ids}@kvitok.desk.example`,
      replyAddressFor: () => null,
    });
  let next = 0;
  let letters = 0;
  for (let now = START; now < END; now += LOOK) {
    for (let one = happened[next]; one && one.at <= now; one = happened[++next]) await happen(store, one);
    if (isWorkingTime(now, SUPPORT)) letters += await look(now);
    // now and then the daemon ends, and another one goes on
    if (((now - START) / LOOK) % 2001 === 2000) {
      await store.close();
      store = await opened();
    }
  }

  const episodes = episodesOf(happened);
  const rows = await store.db
    .selectFrom('outbox')
    .select(['ticket_id', 'form', 'recipient', 'created_at'])
    .where('kind', '=', 'warning')
    .execute();
  const toldOf = (form: string) =>
    sorted(
      rows.filter((row) => row.form === form && row.recipient === 'anna@desk.example').map((row) => row.ticket_id!),
    );
  expect(toldOf('before')).toEqual(sorted(mustTell(episodes, 'before')));
  expect(toldOf('missed')).toEqual(sorted(mustTell(episodes, 'missed')));
  // of a year in which nothing happens all that would be true as well
  expect(toldOf('before').length).toBeGreaterThan(150);
  expect(toldOf('missed').length).toBeGreaterThan(100);
  expect(toldOf('missed').length).toBeLessThan(episodes.length);

  // the assignee is told of his own tickets, nobody else of anything
  const boris = rows.filter((row) => row.recipient === 'boris@desk.example');
  const his = (form: 'before' | 'missed') => mustTell(episodes, form).filter((ticket) => ticket % 3 === 0);
  expect(boris).toHaveLength(his('before').length + his('missed').length);
  expect(rows).toHaveLength(boris.length + toldOf('before').length + toldOf('missed').length);
  expect(letters).toBe(rows.length);
  expect(rows.filter((row) => !isWorkingTime(row.created_at, SUPPORT))).toEqual([]);

  // the store's own account: letters answered late, and those that still wait and are over
  const late = await store.db
    .selectFrom('clocks')
    .select(['ticket_id', 'stopped_at', 'started_at'])
    .where((e) =>
      e.or([e('stopped_at', '>', e.ref('due_at')), e.and([e('stopped_at', 'is', null), e('due_at', '<', END)])]),
    )
    .execute();
  const firsts = new Set(late.map((row) => `${row.ticket_id} ${row.stopped_at}`));
  const missed = episodes.filter(({ times, answered }) => (answered ?? END) > times.dueAt);
  expect(firsts.size).toBe(missed.length);

  // and the report of the year: every letter of the year, every miss in it
  const period = periodOf('2026-01-01', '2026-12-31', 'Europe/Moscow');
  if ('problem' in period) throw new Error(period.problem);
  const figures = await figuresIn(store.db, period, { timetable: REGULATION, timeZone: 'Europe/Moscow', now: END });
  expect(unequal(figures)).toEqual([]);
  const reported = figures.reactions.flatMap((one) => one.missed);
  expect(reported).toHaveLength(late.length);
  expect(figures.reactions.reduce((sum, one) => sum + one.letters, 0)).toBe(
    happened.slice(0, next).filter(({ what }) => what !== 'is answered').length,
  );
  await store.close();
}, 60_000);
