import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { NOTHING } from '../../src/outbox/compose.ts';
import type { Failure } from '../../src/outbox/retry.ts';
import { openTemplates } from '../../src/outbox/templates.ts';
import type { Sent, Transport } from '../../src/outbox/transport.ts';
import { type OutboxWorker, outboxWorker } from '../../src/outbox/worker.ts';
import { claimOutgoing } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../support/condition.ts';
import { rememberingLog, withStore } from '../support/store.ts';
import { openTicket, queueAcknowledgement } from '../support/tickets.ts';

const AWAY: Failure = { message: 'connection refused', reply: null, reached: 'nobody' };
const YEAR = 365 * 86_400_000;

interface Outbox {
  readonly store: Store;
  readonly worker: OutboxWorker;
  readonly clock: { now: number };
  readonly log: ReturnType<typeof rememberingLog>;
  /** How a server answers from now on; an error is a fault of our own in the middle of it. */
  answer: (result: Sent | Error) => void;
  states(): Promise<readonly string[]>;
}

async function queue({ db }: Store, letter: number, now: number): Promise<void> {
  await queueAcknowledgement(db, letter, await openTicket(db, letter), now);
}

/** An outbox with one acknowledgement in it; every letter is taken until `answer` says otherwise. */
function withOutbox(use: (outbox: Outbox) => Promise<void>, templates = openTemplates(undefined)): Promise<void> {
  return withStore(async (store) => {
    const log = rememberingLog();
    const clock = { now: Date.parse('2026-03-02T10:00:00+03:00') };
    let result: Sent | Error = { ok: true, response: '250' };
    const send = async () => {
      if (result instanceof Error) throw result;
      return result;
    };
    const transport: Transport = { to: 'a server', width: 2, send, close: () => {} };
    await queue(store, 1, clock.now);
    const worker = outboxWorker({
      db: store.db,
      transport,
      templates,
      sender: {
        name: 'Desk',
        address: 'support@desk.example',
        hours: { ru: 'всегда', en: 'always' },
        site: null,
        envelopeFrom: 'null',
        secrets: { address: 'support@desk.example', people: [], keys: null },
      },
      log,
      now: () => clock.now,
      random: () => 0,
      owner: 'this one',
      onDamage: () => {},
      giveUpAfterMs: { soon: 4 * 3_600_000, late: 120 * 3_600_000 },
      material: async () => NOTHING,
      consequenceOf: () => null,
      perHour: () => 3000,
    });
    const states = async () =>
      (await store.db.selectFrom('outbox').select('state').orderBy('id').execute()).map(({ state }) => state);
    try {
      const answer = (next: Sent | Error) => {
        result = next;
      };
      await use({ store, worker, clock, log, states, answer });
    } finally {
      await worker.stop(1000);
    }
  });
}

test('a letter that left while the disk was full is written down as sent when there is room again', () =>
  withOutbox(async ({ store: { db }, worker, states }) => {
    await sql`create trigger full before update of state on outbox when new.state = 'sent' begin select raise(abort, 'full'); end`.execute(
      db,
    );
    await expect(worker.drain()).rejects.toThrow('full');
    expect(await states()).toEqual(['sending']);
    await sql`drop trigger full`.execute(db);
    expect(await worker.drain()).toBe(1);
    expect(await states()).toEqual(['sent']);
  }));

test('a server that was away is asked again within the minute, also when the clock was set back by a year', () =>
  withOutbox(async ({ worker, clock, log, states, answer }) => {
    answer({ ok: false, failure: AWAY });
    await worker.start();
    await until(() => log.lines.find(({ fields }) => fields.server === 'a server'), 5_000, 'the pause is told');
    clock.now -= YEAR;
    answer({ ok: true, response: '250' });
    await until(async () => (await states())[0] === 'sent' || undefined, 8_000, 'the letter left');
  }));

test('what was under way when a pass by cron was killed is unknown after the next pass, not under way for ever', () =>
  withOutbox(async ({ store: { db }, worker, clock, states }) => {
    await claimOutgoing(db, 'the dead one', clock.now, 1, true);
    expect(await worker.drain()).toBe(0);
    expect(await states()).toEqual(['unknown']);
  }));

test('what kvitok itself stumbled over while it was under way is unknown, and not under way for ever', () =>
  withOutbox(async ({ store: { db }, worker, states, answer }) => {
    answer(new Error('a fault of kvitok'));
    expect(await worker.drain()).toBe(0);
    expect(await states()).toEqual(['unknown']);
    const row = await db.selectFrom('outbox').select('last_error').executeTakeFirstOrThrow();
    expect(row.last_error).toMatch(/^a fault of kvitok/);
    answer({ ok: true, response: '250' });
    expect(await worker.drain()).toBe(0);
  }));

test('an acknowledgement whose template is broken is set aside after three attempts, with the reason', () => {
  const broken = {
    ...openTemplates(undefined),
    render: () => {
      throw new Error('undefined variable: nunber');
    },
  };
  return withOutbox(async ({ store: { db }, worker, clock, states }) => {
    for (let attempt = 1; attempt <= 2; attempt++) {
      await worker.drain();
      expect(await states()).toEqual(['queued']);
      clock.now += 10 * 60_000;
    }
    await worker.drain();
    const { state, composed, last_error } = await db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
    expect({ state, composed, last_error }).toEqual({
      state: 'failed',
      composed: 'not',
      last_error: 'set aside: could not be composed: undefined variable: nunber',
    });
  }, broken);
});

test('letters given up after a long outage are no refusals, and hold back none of those that come after', () =>
  withOutbox(async ({ store, worker, clock, log, states, answer }) => {
    for (let letter = 2; letter <= 30; letter++) await queue(store, letter, clock.now);
    clock.now += 5 * 3_600_000;
    answer({ ok: false, failure: { message: 'try again later', reply: 451, reached: 'server' } });
    await worker.drain();
    expect(new Set(await states())).toEqual(new Set(['failed']));
    await queue(store, 31, clock.now);
    answer({ ok: true, response: '250' });
    expect(await worker.drain()).toBe(1);
    expect(log.lines.filter(({ fields }) => fields.event === 'automatic-mail')).toEqual([]);
  }));
