// A desk over a fresh store, without servers: letters are kept and worked on when the test says so.

import { markingOf } from '../../src/daemon/marking.ts';
import { closeJudges, judgeBy, prepare, type Reading } from '../../src/ingest/prepare.ts';
import { type Answer, type Ingest, type IngestDeps, ingestOf } from '../../src/ingest.ts';
import { senderProof } from '../../src/proof/sender-proof.ts';
import type { Spool } from '../../src/store/spool.ts';
import type { Store } from '../../src/store/store.ts';
import type { Marks } from '../../src/thread/keys.ts';
import { RULES } from './case.ts';
import type { LetterSketch } from './letter.ts';
import { raw } from './letter.ts';
import { rememberingLog, withStore } from './store.ts';
import { type LetterSent, type WayOut, wayOut } from './way-out.ts';

export interface TestDesk {
  readonly store: Store;
  readonly ingest: Ingest;
  /** The same desk over another spool, for one that fails. */
  ingestOver(spool: Spool): Ingest;
  readonly log: ReturnType<typeof rememberingLog>;
  /** The desk's clock, epoch milliseconds; a test sets it. */
  clock: { now: number };
  /** Hands letters over as if they had come from `ivan@client.example`'s server. */
  hand(...letters: readonly (LetterSketch | Uint8Array)[]): Promise<readonly Answer[]>;
  /** Works until nothing is due. */
  workOff(): Promise<void>;
  /** What leaves, and what the server says to it. */
  readonly out: WayOut;
  /** Works until nothing is due, and sends. Gives what left. */
  round(...letters: readonly (LetterSketch | Uint8Array)[]): Promise<readonly LetterSent[]>;
  /** What became of each letter, in order. */
  fates(): Promise<readonly string[]>;
}

export const MARKS: Marks = {
  keys: { current: 'a key of the tests', believed: ['a key of the tests'] },
  address: 'support@desk.example',
  messageIdHost: 'kvitok.desk.example',
};

/** The rules of the desk of the tests; nobody answers there. */
export const testRules = (): IngestDeps['rules'] => ({ ...RULES });

/** Letters are read in this thread. */
export const READING: Reading = {
  ours: {
    addresses: new Set(['support@desk.example']),
    messageIdHost: 'kvitok.desk.example',
    groups: new Set(),
    forms: new Map(),
  },
  prove: async (bytes, message, envelope) => senderProof(message, envelope, { authservId: 'mx.desk.example' }, bytes),
  judge: judgeBy(),
};

/** Runs a test on a desk. `change` replaces parts of it. */
export function withDesk<T>(use: (desk: TestDesk) => Promise<T>, change: Partial<IngestDeps> = {}): Promise<T> {
  return withStore(async (store) => {
    const log = rememberingLog();
    const clock = { now: Date.parse('2026-03-02T10:00:00+03:00') };
    let count = 0;
    const marking = markingOf(MARKS, true, () => `random${1000 + ++count}`);
    const deps: IngestDeps = {
      db: store.db,
      spool: store.spool,
      keep: store.spool.keep,
      heldBytes: 0,
      read: async (letter, load) => ({ letter: await prepare({ ...letter, raw: load() }, READING) }),
      marks: MARKS,
      rules: testRules(),
      log,
      now: () => clock.now,
      ...marking,
      space: { refusal: () => null },
      onDamage: () => {},
      onKept: () => {},
      onQueued: () => {},
      ...change,
    };
    const ingest = ingestOf(deps);
    const out = wayOut(store, {
      log,
      now: () => clock.now,
      operators: () => deps.rules.operators,
      marking,
      keys: MARKS.keys,
    });
    const desk: TestDesk = {
      store,
      ingest,
      ingestOver: (spool) => ingestOf({ ...deps, spool, keep: spool.keep }),
      log,
      clock,
      out,
      round: async (...letters) => {
        await desk.hand(...letters);
        await desk.workOff();
        return out.send();
      },
      hand: (...letters) =>
        ingest.keep(
          letters.map((letter, i) => ({
            source: 'test',
            key: `test:${clock.now}:${++count}:${i}`,
            receivedAt: clock.now,
            envelope: { from: mailFromOf(letter), to: ['support@desk.example'] },
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
    };
    try {
      return await use(desk);
    } finally {
      await closeJudges();
    }
  });
}

const mailFromOf = (letter: LetterSketch | Uint8Array): string =>
  ('mailFrom' in letter ? letter.mailFrom : undefined) ?? 'ivan@client.example';
