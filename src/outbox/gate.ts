// What holds letters back that go out unread: the breaker, and the cap on acknowledgements of an hour. Each says once that
// it holds them, and once that it does no more.

import type { Kysely } from 'kysely';
import type { Log } from '../config/log.ts';
import { toldOnce } from '../config/told-once.ts';
import { countSentSince } from '../store/outbox.ts';
import type { Tables } from '../store/schema.ts';
import type { Breaker } from './breaker.ts';

const HOUR = 3_600_000;

const HELD = {
  breaker:
    'most acknowledgements are refused: automatic letters are held back for a while; look at kvitok outbox list --state failed',
  cap: 'the cap on acknowledgements an hour is reached: what is over it leaves later',
} as const;

export interface GateDeps {
  readonly db: Kysely<Tables>;
  readonly breaker: Breaker;
  readonly log: Log;
  readonly now: () => number;
  /** Acknowledgements an hour, all together. */
  readonly perHour: () => number;
}

/** Gives, whenever it is asked, how many guarded letters may leave now: 0 or less while they are held back. */
export function gate({ db, breaker, log, now, perHour }: GateDeps): () => Promise<number> {
  const again = 'automatic letters leave again';
  const byBreaker = toldOnce(log, 'breaker', HELD.breaker, again);
  const byCap = toldOnce(log, 'cap', HELD.cap, again);
  return async () => {
    const open = breaker.openFor(performance.now());
    const left = open === null ? perHour() - (await countSentSince(db, now() - HOUR)) : 0;
    if (open !== null) byBreaker.wrong('refused for good', { until: new Date(now() + open).toISOString() });
    else {
      byBreaker.well();
      if (left > 0) byCap.well();
      else byCap.wrong(`${perHour()} have left within the hour`);
    }
    return left;
  };
}
