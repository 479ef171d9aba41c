import { describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import {
  claimOutgoing,
  closeOrphans,
  isOutgoingDue,
  queueAcknowledgement,
  settleOutgoing,
} from '../../src/store/outbox.ts';
import type { Tables } from '../../src/store/schema.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const NOW = 1_700_000_000_000;

async function queue(db: Kysely<Tables>, letter: number): Promise<void> {
  await openTicket(db, letter);
  const to = { name: '', address: 'ivan@client.example', identity: 'ivan@client.example' };
  const response = {
    kind: 'acknowledgement',
    form: 'full',
    ticket: 'opened',
    to,
    language: 'ru',
    inReplyTo: null,
    references: [],
    files: [],
  } as const;
  await queueAcknowledgement(db, response, {
    letter,
    ticket: 999 + letter,
    messageId: `m${letter}@kvitok.desk.example`,
    now: NOW,
    replyTo: null,
  });
}
const states = async (db: Kysely<Tables>) =>
  (await db.selectFrom('outbox').select(['state', 'attempts']).orderBy('id').execute()).map(
    (row) => `${row.state} ${row.attempts}`,
  );

describe('an acknowledgement', () => {
  test('is queued once for a letter, however often the letter is decided', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const again = {
        kind: 'acknowledgement',
        form: 'full',
        ticket: 'opened',
        to: { name: '', address: 'a@b.example', identity: 'a@b.example' },
        language: 'ru',
        inReplyTo: null,
        references: [],
        files: [],
      } as const;
      await queueAcknowledgement(db, again, {
        letter: 1,
        ticket: 1000,
        messageId: 'other@kvitok.desk.example',
        now: NOW,
        replyTo: null,
      });
      expect(await states(db)).toEqual(['queued 0']);
    }));

  test('is claimed by one sender only, and the attempt counts from then on', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const [first, second] = [await claimOutgoing(db, 'a', NOW, 5), await claimOutgoing(db, 'b', NOW, 5)];
      expect([first.length, second.length]).toEqual([1, 0]);
      expect(await states(db)).toEqual(['sending 1']);
    }));

  test('that was under way when kvitok died is closed as unknown and never sent again', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      await claimOutgoing(db, 'the dead one', NOW, 5);
      expect(await closeOrphans(db, 'the next one', NOW)).toBe(1);
      expect(await states(db)).toEqual(['unknown 1']);
      expect(await claimOutgoing(db, 'the next one', NOW + 1e9, 5)).toEqual([]);
    }));

  test('is settled only by who holds its lease', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const [letter] = await claimOutgoing(db, 'a', NOW, 5);
      expect(await settleOutgoing(db, letter!.id, 'b', { state: 'failed', error: 'x' }, NOW)).toBe(false);
      expect(await settleOutgoing(db, letter!.id, 'a', { state: 'sent', error: null }, NOW)).toBe(true);
      expect(await states(db)).toEqual(['sent 1']);
    }));

  test('put back waits for its time; an attempt that reached no server is taken back', () =>
    withStore(async ({ db }) => {
      await queue(db, 1);
      const [letter] = await claimOutgoing(db, 'a', NOW, 5);
      await settleOutgoing(
        db,
        letter!.id,
        'a',
        { state: 'queued', error: 'away', notBefore: NOW + 60_000, counted: false },
        NOW,
      );
      expect(await states(db)).toEqual(['queued 0']);
      expect(await claimOutgoing(db, 'a', NOW + 59_999, 5)).toEqual([]);
      expect([await isOutgoingDue(db, NOW + 59_999), await isOutgoingDue(db, NOW + 60_000)]).toEqual([false, true]);
      expect(await claimOutgoing(db, 'a', NOW + 60_000, 5)).toHaveLength(1);
    }));
});

test('letters are claimed in the order they were written, no more than asked for', () =>
  withStore(async ({ db }) => {
    for (const letter of [1, 2, 3]) await queue(db, letter);
    expect((await claimOutgoing(db, 'a', NOW, 2)).map((row) => row.messageId)).toEqual([
      'm1@kvitok.desk.example',
      'm2@kvitok.desk.example',
    ]);
  }));
