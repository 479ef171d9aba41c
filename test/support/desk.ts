// A desk over a fresh store, without servers: letters are kept and worked on when the test says so.

import { type Answer, type Ingest, type IngestDeps, ingestOf } from '../../src/ingest.ts';
import type { Store } from '../../src/store/store.ts';
import type { LetterSketch } from './letter.ts';
import { raw } from './letter.ts';
import { rememberingLog, withStore } from './store.ts';

export interface TestDesk {
  readonly store: Store;
  readonly ingest: Ingest;
  readonly log: ReturnType<typeof rememberingLog>;
  /** The desk's clock, epoch milliseconds; a test sets it. */
  clock: { now: number };
  /** Hands letters over as if they had come from `ivan@client.example`'s server. */
  hand(...letters: readonly (LetterSketch | Uint8Array)[]): Promise<readonly Answer[]>;
  /** Works until nothing is due. */
  workOff(): Promise<void>;
  /** What became of each letter, in order. */
  fates(): Promise<readonly string[]>;
}

/** Runs a test on a desk. `change` replaces parts of it. */
export function withDesk<T>(use: (desk: TestDesk) => Promise<T>, change: Partial<IngestDeps> = {}): Promise<T> {
  return withStore(async (store) => {
    const log = rememberingLog();
    const clock = { now: Date.parse('2026-03-02T10:00:00+03:00') };
    let count = 0;
    const ingest = ingestOf({
      db: store.db,
      spool: store.spool,
      ours: { addresses: new Set(['support@desk.example']), messageIdHost: 'kvitok.desk.example' },
      rules: {
        language: 'ru',
        ownAddresses: new Set(['support@desk.example']),
        acknowledge: { replies: true, notOlderThanHours: 72, perAddressHour: 3, perAddressDay: 10 },
      },
      log,
      now: () => clock.now,
      messageIdFor: (kind, ticket) => `kvitok.${kind}.${ticket}.${++count}@kvitok.desk.example`,
      onKept: () => {},
      onQueued: () => {},
      ...change,
    });
    return use({
      store,
      ingest,
      log,
      clock,
      hand: (...letters) =>
        ingest.keep(
          letters.map((letter, i) => ({
            source: 'test',
            key: `test:${clock.now}:${++count}:${i}`,
            receivedAt: clock.now,
            envelope: { from: 'ivan@client.example', to: ['support@desk.example'] },
            raw: letter instanceof Uint8Array ? letter : raw(letter),
          })),
        ),
      workOff: async () => {
        while ((await ingest.work()) > 0);
      },
      fates: async () => {
        const rows = await store.db.selectFrom('letters').select(['disposition']).orderBy('id').execute();
        return rows.map((row) => row.disposition ?? 'in work');
      },
    });
  });
}
