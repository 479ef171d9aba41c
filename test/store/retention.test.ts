// How long letters are kept: what an admin's rules remove, and what they never touch.

import { describe, expect, test } from '@jest/globals';
import type { Disposition } from '../../src/decide/decision.ts';
import type { TicketState } from '../../src/desk/tickets.ts';
import { type RetentionRules, removeOutlived } from '../../src/store/retention.ts';
import type { Store } from '../../src/store/store.ts';
import { withDesk } from '../support/desk.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T03:17:00+03:00');
const KEEP: RetentionRules = { rawDays: null, quarantineDays: null, automaticDays: null };

function keep({ spool }: Store, key: string, raw = Buffer.from(`letter ${key}`)): number {
  const envelope = { from: 'ivan@client.example', to: ['support@desk.example'] };
  return spool.keep([{ source: 'test', key, receivedAt: 0, envelope, raw }], 0)[0]!.letter;
}

/** A letter whose ticket has been in a state for some days. */
async function ticketSince(store: Store, state: TicketState, days: number, mergedInto: number | null = null) {
  const letter = keep(store, `${state}${days}${mergedInto}`);
  const since = { state, state_since: NOW - days * DAY, merged_into: mergedInto };
  return { letter, ticket: await openTicket(store.db, letter, since) };
}

/** A letter on no ticket that came to its end some days ago. */
async function asideSince(store: Store, disposition: Disposition, days: number): Promise<number> {
  const id = keep(store, `${disposition}${days}`);
  const dealt = { attempts: 1, not_before: 0, disposition, dealt_at: NOW - days * DAY };
  await store.db
    .insertInto('letters')
    .values({ id, digest: `${id}`, received_at: 0, ...dealt })
    .execute();
  return id;
}

const run = (store: Store, rules: Partial<RetentionRules>, dry = false) =>
  removeOutlived(store, { rules: { ...KEEP, ...rules }, now: NOW, dry, pause: async () => {} });

const isThere = ({ spool }: Store, letter: number) => spool.raw(letter) !== null;

describe('a letter of a ticket', () => {
  test.each(['new', 'open', 'waiting', 'deferred'] as const)('that is %s is never touched, however old', (state) =>
    withStore(async (store) => {
      const { letter } = await ticketSince(store, state, 10_000);
      expect((await run(store, { rawDays: 1 })).resolved.letters).toBe(0);
      expect(isThere(store, letter)).toBe(true);
    }),
  );

  test.each(['resolved', 'spam'] as const)('that has been %s for longer than the rule loses its bytes', (state) =>
    withStore(async (store) => {
      const { letter: old } = await ticketSince(store, state, 31);
      const { letter: young } = await ticketSince(store, state, 29);
      expect((await run(store, { rawDays: 30 })).resolved).toEqual({
        letters: 1,
        bytes: `letter ${state}31null`.length,
      });
      expect([isThere(store, old), isThere(store, young)]).toEqual([false, true]);
      expect(store.spool.removals.of(old)).toEqual({ at: NOW, because: 'retention' });
    }),
  );

  test('that was merged rests when the ticket it went to does, and not before', () =>
    withStore(async (store) => {
      const open = await ticketSince(store, 'open', 90);
      const done = await ticketSince(store, 'resolved', 90);
      const intoOpen = await ticketSince(store, 'merged', 90, open.ticket);
      const intoDone = await ticketSince(store, 'merged', 91, done.ticket);
      await run(store, { rawDays: 30 });
      expect([isThere(store, intoOpen.letter), isThere(store, intoDone.letter)]).toEqual([true, false]);
    }));

  test('that was handed over again after its bytes went is still the same letter, and gets no second ticket', () =>
    withDesk(async ({ store, hand, workOff, fates, clock }) => {
      await hand({ messageId: 'a@client.example' });
      await workOff();
      await store.db.updateTable('tickets').set({ state: 'resolved', state_since: 0 }).execute();
      expect((await run(store, { rawDays: 1 })).resolved.letters).toBe(1);
      clock.now += DAY;
      await hand({ messageId: 'a@client.example' });
      await workOff();
      expect(await fates()).toEqual(['opened', 'duplicate']);
      expect(await store.db.selectFrom('entries').select('reply').execute()).toHaveLength(1);
    }));
});

describe('a letter that was set aside', () => {
  test('is removed by the rule of its kind alone', () =>
    withStore(async (store) => {
      const quarantined = await asideSince(store, 'quarantined', 100);
      const automatic = await asideSince(store, 'automatic', 100);
      expect(await run(store, { quarantineDays: 50 })).toMatchObject({
        quarantined: { letters: 1 },
        automatic: { letters: 0 },
      });
      expect([isThere(store, quarantined), isThere(store, automatic)]).toEqual([false, true]);
      expect((await run(store, { automaticDays: 101 })).automatic.letters).toBe(0);
      expect((await run(store, { automaticDays: 99 })).automatic.letters).toBe(1);
    }));

  test('is kept for ever where no rule says otherwise', () =>
    withStore(async (store) => {
      const letter = await asideSince(store, 'quarantined', 10_000);
      await run(store, {});
      expect(isThere(store, letter)).toBe(true);
    }));
});

test('a dry run counts the same letters and bytes, and removes none', () =>
  withStore(async (store) => {
    const { letter } = await ticketSince(store, 'resolved', 31);
    const counted = await run(store, { rawDays: 30 }, true);
    expect(isThere(store, letter)).toBe(true);
    expect(await run(store, { rawDays: 30 })).toEqual(counted);
  }));

test('many large letters go in several commits, with a pause after each, and the file becomes smaller', () =>
  withStore(async (store) => {
    const since = { state: 'resolved', state_since: 0 } as const;
    for (let i = 0; i < 12; i++)
      await openTicket(store.db, keep(store, `large ${i}`, Buffer.alloc(2 * 1024 * 1024, i)), since);
    store.spool.removals.settle();
    let pauses = 0;
    const pause = async () => void pauses++;
    const removed = await removeOutlived(store, { rules: { ...KEEP, rawDays: 1 }, now: NOW, dry: false, pause });
    expect(removed.resolved).toEqual({ letters: 12, bytes: 12 * 2 * 1024 * 1024 });
    expect(pauses).toBeGreaterThan(3);
    expect(store.spool.removals.shrink()).toBe(false);
  }));

test('a run that is told to stop leaves the rest for the next night', () =>
  withStore(async (store) => {
    for (const days of [31, 32]) await ticketSince(store, 'resolved', days);
    const options = { now: NOW, dry: false, pause: async () => {}, stopped: () => true };
    expect((await removeOutlived(store, { rules: { ...KEEP, rawDays: 30 }, ...options })).resolved.letters).toBe(0);
  }));
