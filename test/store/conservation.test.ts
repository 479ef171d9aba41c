// The sum of all letters, and what is told where one is missing from it.

import path from 'node:path';
import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Delivery } from '../../src/mail/envelope.ts';
import { countLetters, findMissing } from '../../src/store/conservation.ts';
import { claimLetters, closeLetter } from '../../src/store/letters.ts';
import { SPOOL_FILE, type Store } from '../../src/store/store.ts';
import { withStore } from '../support/store.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const letter = (n: number): Delivery => ({
  source: 'imap:support',
  key: `imap:support:INBOX:1700000000:${n}`,
  receivedAt: NOW,
  envelope: { from: null, to: [] },
  raw: Buffer.from(`Subject: ${n}\r\n\r\nletter ${n}\r\n`),
});

/** Five letters were handed over: three are dealt with, one is claimed, one has not been looked at. */
async function fiveLetters({ db, spool }: Store): Promise<void> {
  spool.ledger.open({ account: 'support', mailbox: 'INBOX', uidValidity: '1700000000' }, 1, NOW);
  spool.keep([letter(1), letter(2), letter(3), letter(4)], NOW);
  const claimed = await claimLetters(db, spool, NOW, 4);
  for (const [i, disposition] of (['opened', 'opened', 'automatic'] as const).entries())
    await closeLetter(db, claimed[i]!.id, { disposition, because: 'a test', ticket: null, path: [] }, NOW);
  spool.keep([letter(5)], NOW);
}

/** Changes the spool behind everybody's back. */
function tamper(dir: string, sql: string): void {
  const file = new Database(path.join(dir, SPOOL_FILE));
  file.pragma('foreign_keys = OFF');
  file.exec(sql);
  file.close();
}

test('letters dealt with and letters in work are all that were handed over', () =>
  withStore(async (store) => {
    await fiveLetters(store);
    expect(await countLetters(store)).toEqual({
      handedOver: 5,
      inWork: 2,
      dispositions: { opened: 2, automatic: 1 },
      gap: 0,
    });
    expect(await findMissing(store)).toEqual({ passedOver: [], notInSpool: [], rowsWithoutLetter: [] });
  }));

test('an empty store lacks nothing', () =>
  withStore(async (store) => {
    expect(await countLetters(store)).toEqual({ handedOver: 0, inWork: 0, dispositions: {}, gap: 0 });
    expect(await findMissing(store)).toEqual({ passedOver: [], notInSpool: [], rowsWithoutLetter: [] });
  }));

test('a letter that nobody took up, though later ones were, is named', () =>
  withStore(async (store) => {
    await fiveLetters(store);
    await store.db.deleteFrom('letters').where('id', '=', 2).execute();
    expect((await countLetters(store)).gap).toBe(1);
    expect((await findMissing(store)).passedOver).toEqual([2]);
  }));

test('a letter that is gone from the spool is named, with the UID it had', () =>
  withStore(async (store, dir) => {
    await fiveLetters(store);
    tamper(dir, 'delete from raw where letter = 3; delete from letters where id = 3');
    expect((await countLetters(store)).gap).toBe(-1);
    expect(await findMissing(store)).toEqual({
      passedOver: [],
      notInSpool: [3],
      rowsWithoutLetter: [{ account: 'support', mailbox: 'INBOX', uidValidity: '1700000000', uid: 3 }],
    });
  }));

test('what a mailbox holds is asked of the ledger without taking the mailbox on', () =>
  withStore(async (store) => {
    await fiveLetters(store);
    const box = { account: 'support', mailbox: 'INBOX', uidValidity: '1700000000' };
    expect(store.spool.audit.known(box, [3, 5, 6])).toEqual(new Set([3, 5]));
    expect(store.spool.audit.known({ ...box, uidValidity: '4711' }, [3])).toBeNull();
  }));
