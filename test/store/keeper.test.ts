import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/mail/envelope.ts';
import { withStore } from '../support/store.ts';

const BOX = { account: 'support', mailbox: 'INBOX', uidValidity: '1' };
const letter = (key: string, text = key): Delivery => ({
  source: 'imap:support',
  key,
  receivedAt: 0,
  envelope: { from: null, to: [] },
  raw: Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`),
});

describe('letters that are kept by way of the thread', () => {
  test('are in the spool when that is answered, once each, in the order of the calls', () =>
    withStore(async ({ spool, keeper }) => {
      const answers = await Promise.all([
        keeper.keep([letter('one'), letter('two')], 0),
        keeper.keep([letter('three')], 0),
        keeper.keep([letter('one')], 0),
      ]);
      expect(answers).toMatchObject([
        [
          { letter: 1, again: false },
          { letter: 2, again: false },
        ],
        [{ letter: 3, again: false }],
        [{ letter: 1, again: true }],
      ]);
      expect(spool.raw(3)?.toString()).toContain('three');
    }));

  test('share no commit with one that cannot be kept: that call is told so, the others are kept', () =>
    withStore(async ({ spool, keeper }) => {
      const refused = { ...letter('two'), source: null as never };
      const answers = await Promise.allSettled([
        keeper.keep([letter('one')], 0),
        keeper.keep([letter('beside'), refused], 0),
        keeper.keep([letter('three')], 0),
      ]);
      expect(answers).toMatchObject([
        { status: 'fulfilled', value: [{ again: false }] },
        { status: 'rejected', reason: { code: 'SQLITE_CONSTRAINT_NOTNULL' } },
        { status: 'fulfilled', value: [{ again: false }] },
      ]);
      const kept = spool.after(0, 10).map(({ id }) => spool.raw(id)?.toString().trim().split('\r\n').at(-1));
      expect(kept).toEqual(['one', 'three']);
    }));

  test('come back with their bytes, short letters and long ones, new ones and known ones', () =>
    withStore(async ({ spool, keeper }) => {
      const long = 'long '.repeat(20_000);
      await keeper.keep([letter('known', long)], 0);
      const empty = { ...letter('empty'), raw: Buffer.alloc(0) };
      const kept = await keeper.keep([letter('short'), letter('long', long), letter('known', long), empty], 0);
      for (const [i, text] of ['short', long, long].entries())
        expect(Buffer.from(kept[i]!.raw)).toEqual(letter('any', text).raw);
      expect(kept[3]!.raw).toHaveLength(0);
      expect(spool.raw(kept[1]!.letter)).toEqual(letter('any', long).raw);
    }));

  test('take nothing of the letters whose bytes lie beside theirs', () =>
    withStore(async ({ keeper }) => {
      const pile = Buffer.from(`Subject: one\r\n\r\n${'one '.repeat(9000)}Subject: two\r\n\r\ntwo`);
      const cut = pile.lastIndexOf('Subject');
      await keeper.keep([{ ...letter('one'), raw: pile.subarray(0, cut) }], 0);
      expect(pile.subarray(cut).toString()).toContain('Subject: two');
    }));
});

test('a move is noted beside the letters that are being kept', () =>
  withStore(async ({ spool, keeper }) => {
    spool.ledger.open(BOX, 1, 0);
    await keeper.keep([letter('imap:support:INBOX:1:7'), letter('imap:support:INBOX:1:8')], 0);
    expect(spool.ledger.unfinished(BOX)).toEqual([7, 8]);
    await Promise.all([keeper.finish(BOX, [7]), keeper.keep([letter('imap:support:INBOX:1:9')], 0)]);
    expect(spool.ledger.unfinished(BOX)).toEqual([8, 9]);
  }));

test('what was handed over before the end is kept', () =>
  withStore(async ({ spool, keeper }) => {
    const keeping = keeper.keep([letter('last')], 0);
    await keeper.close();
    expect(await keeping).toMatchObject([{ letter: 1, again: false }]);
    expect(spool.raw(1)?.toString()).toContain('last');
  }));
