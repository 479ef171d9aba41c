import { describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { claimOutgoing, isOutgoingDue, settleOrphans, settleOutgoing } from '../../src/store/outbox.ts';
import type { Tables } from '../../src/store/schema.ts';
import { withStore } from '../support/store.ts';
import { openTicket, queueAcknowledgement } from '../support/tickets.ts';

const NOW = 1_700_000_000_000;

async function queue(db: Kysely<Tables>, letter: number): Promise<void> {
  await queueAcknowledgement(db, letter, await openTicket(db, letter), NOW);
}
const states = async (db: Kysely<Tables>) =>
  (await db.selectFrom('outbox').select(['state', 'attempts']).orderBy('id').execute()).map(
    (row) => `${row.state} ${row.attempts}`,
  );

describe('an acknowledgement', () => {
  test('is queued once for a letter, however often the letter is decided', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      await openTicket(db, 2);
      await queueAcknowledgement(db, 1, 1001, NOW);
      expect(await states(db)).toEqual(['queued 0']);
    }));

  test('is claimed by one sender only, and the attempt counts from then on', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const [first, second] = [await claimOutgoing(db, 'a', NOW, 5, true), await claimOutgoing(db, 'b', NOW, 5, true)];
      expect([first.length, second.length]).toEqual([1, 0]);
      expect(await states(db)).toEqual(['sending 1']);
    }));

  test('that was under way when kvitok died is closed as unknown and never sent again', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      await claimOutgoing(db, 'the dead one', NOW, 5, true);
      expect(await settleOrphans(db, 'the next one', NOW)).toEqual({ closed: 1, again: 0 });
      expect(await states(db)).toEqual(['unknown 1']);
      expect(await claimOutgoing(db, 'the next one', NOW + 1e9, 5, true)).toEqual([]);
    }));

  test('is settled only by who holds its lease', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const [letter] = await claimOutgoing(db, 'a', NOW, 5, true);
      expect(await settleOutgoing(db, letter!, 'b', { state: 'failed', error: 'x' }, NOW, null)).toBe(false);
      expect(await settleOutgoing(db, letter!, 'a', { state: 'sent', error: null }, NOW, null)).toBe(true);
      expect(await states(db)).toEqual(['sent 1']);
    }));

  test('put back waits for its time; an attempt that reached no server is taken back', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const [letter] = await claimOutgoing(db, 'a', NOW, 5, true);
      await settleOutgoing(
        db,
        letter!,
        'a',
        { state: 'queued', error: 'away', notBefore: NOW + 60_000, counted: false, doubtful: false },
        NOW,
        null,
      );
      expect(await states(db)).toEqual(['queued 0']);
      expect(await claimOutgoing(db, 'a', NOW + 59_999, 5, true)).toEqual([]);
      expect([await isOutgoingDue(db, NOW + 59_999), await isOutgoingDue(db, NOW + 60_000)]).toEqual([false, true]);
      expect(await claimOutgoing(db, 'a', NOW + 60_000, 5, true)).toHaveLength(1);
    }));
});

test('letters are claimed in the order they were written, no more than asked for', () =>
  withStore(async ({ db }) => {
    for (const letter of [1, 2, 3]) await queue(db, letter);
    expect((await claimOutgoing(db, 'a', NOW, 2, true)).map((row) => row.messageId)).toEqual([
      'm1.1000@kvitok.desk.example',
      'm2.1001@kvitok.desk.example',
    ]);
  }));

describe('an answer of an operator', () => {
  const answer = async (db: Kysely<Tables>) => {
    await queue(db, 1);
    await db.updateTable('outbox').set({ kind: 'answer' }).execute();
  };

  test('that was under way when kvitok died is sent once more, for the customer waits for it', () =>
    withStore(async ({ db }) => {
      await answer(db);
      const [before] = await claimOutgoing(db, 'the dead one', NOW, 5, true);
      expect(await settleOrphans(db, 'the next one', NOW)).toEqual({ closed: 0, again: 1 });
      const [again] = await claimOutgoing(db, 'the next one', NOW, 5, true);
      expect([again?.messageId, again?.attempts]).toEqual([before?.messageId, 2]);
    }));

  test('leaves while acknowledgements are held back', () =>
    withStore(async ({ db }) => {
      await answer(db);
      await queue(db, 2);
      expect((await claimOutgoing(db, 'a', NOW, 5, false)).map(({ kind }) => kind)).toEqual(['answer']);
      expect(await claimOutgoing(db, 'a', NOW, 5, false)).toEqual([]);
    }));

  test('brings its consequence in the same commit, and none where the lease was lost', () =>
    withStore(async ({ db }) => {
      await answer(db);
      const [letter] = await claimOutgoing(db, 'a', NOW, 5, true);
      const sent = { state: 'sent', error: null } as const;
      const seen: string[] = [];
      const note = async (_trx: unknown, { kind }: { kind: string }) => void seen.push(kind);
      await settleOutgoing(db, letter!, 'b', sent, NOW, note);
      expect(seen).toEqual([]);
      const broken = settleOutgoing(db, letter!, 'a', sent, NOW, () => Promise.reject(new Error('no room')));
      await expect(broken).rejects.toThrow('no room');
      expect(await states(db)).toEqual(['sending 1']);
      await settleOutgoing(db, letter!, 'a', sent, NOW, note);
      expect([seen, await states(db)]).toEqual([['answer'], ['sent 1']]);
    }));
});
