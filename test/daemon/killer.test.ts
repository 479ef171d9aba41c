// A letter that ends the process whenever somebody looks at it: the daemon is started again and again, and the letters
// that were claimed together with it must not be taken for killers too.

import { expect, test } from '@jest/globals';
import { claimLetters, closeLetter, MAX_ATTEMPTS, releaseLetters } from '../../src/store/letters.ts';
import type { Store } from '../../src/store/store.ts';
import { withStore } from '../support/store.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

/** The life of one process: works until the killer is looked at, or nothing is due. True where it was killed. */
async function life({ db, spool }: Store, killer: number): Promise<boolean> {
  await releaseLetters(db);
  for (;;) {
    const claimed = await claimLetters(db, spool, NOW, 50);
    if (claimed.length === 0) return false;
    for (const { id, attempts } of claimed) {
      if (id === killer && attempts <= MAX_ATTEMPTS) return true;
      const disposition = attempts > MAX_ATTEMPTS ? 'quarantined' : 'opened';
      await closeLetter(db, id, { disposition, because: 'a test', ticket: null, path: [] }, NOW);
    }
  }
}

test('a letter that kills the daemon is set aside after three deaths, and its neighbours get their tickets', async () => {
  await withStore(async (store) => {
    const envelope = { from: null, to: [] };
    const letters = Array.from({ length: 10 }, (_, i) => ({
      source: 'file',
      key: `file:${i}`,
      receivedAt: NOW,
      envelope,
      raw: Buffer.from(`Subject: ${i}\r\n\r\nletter ${i}\r\n`),
    }));
    const ids = store.spool.keep(letters, NOW).map(({ letter }) => letter);
    const killer = ids[4]!;
    let deaths = 0;
    while (await life(store, killer)) deaths += 1;
    expect(deaths).toBe(MAX_ATTEMPTS);
    const rows = await store.db.selectFrom('letters').select(['id', 'disposition']).orderBy('id').execute();
    expect(rows).toEqual(ids.map((id) => ({ id, disposition: id === killer ? 'quarantined' : 'opened' })));
  });
});
