// The watch over the desk: looks now and then what is wrong, says in the log what no part can say itself, and writes to the
// admin, once for each cause and once for its end, whatever restarts in between.

import type { Kysely } from 'kysely';
import type { Log } from '../config/log.ts';
import { type ToldOnce, toldOnce } from '../config/told-once.ts';
import type { NotedTrouble } from '../config/troubles.ts';
import { tellAlarm, toldAlarms } from '../store/alarms.ts';
import type { AlarmsTable, Tables } from '../store/schema.ts';
import { isDamage } from '../store/trouble.ts';
import { CAUSES, isCause, type Trouble, worthTelling } from './causes.ts';
import { type AlarmLimits, findTroubles, type Measures } from './findings.ts';
import { type Admin, alarmLetter } from './letter.ts';
import { keyOf, type Pauses, planTellings, type Told } from './plan.ts';
import { wordsFor } from './words.ts';

export interface AlarmDeps {
  readonly db: Kysely<Tables>;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What parts have told in the log and not taken back. */
  readonly noted: () => readonly NotedTrouble[];
  readonly measure: () => Promise<Measures>;
  readonly limits: AlarmLimits;
  readonly pauses: Pauses;
  /** Null where nobody is to be written to: then the log says it all. */
  readonly admin: Admin | null;
  /** A new Message-ID. */
  readonly messageId: () => string;
  readonly onQueued: () => void;
  readonly onDamage: (error: unknown) => void;
  /** How often to look, in milliseconds. */
  readonly lookMs: number;
}

export interface Alarms {
  start(): void;
  /** Looks now. Never rejects. */
  look(): Promise<void>;
  /** Something has changed: looks soon. */
  nudge(): void;
  /** What was wrong at the last look, long enough to be told. */
  standing(): readonly Trouble[];
  stop(): Promise<void>;
}

const SOON_MS = 1000;

/** The watch; it looks at nothing before `start`. */
export function alarmsOf(deps: AlarmDeps): Alarms {
  const { log, now } = deps;
  const said = new Map<string, ToldOnce>();
  /** When a trouble was last there. */
  const seen = new Map<string, number>();
  const blind = toldOnce(log, 'alarms', 'kvitok can’t look what is wrong with it', 'kvitok looks again what is wrong');
  const startedAt = now();
  let troubles: readonly Trouble[] = [];
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let soon: NodeJS.Timeout | null = null;

  const look = async (): Promise<void> => {
    try {
      const all = findTroubles(deps.noted(), await deps.measure(), deps.limits, now());
      troubles = worthTelling(all, now());
      for (const one of all) seen.set(keyOf(one), now());
      sayFound(log, said, troubles);
      if (deps.admin) await write(deps, deps.admin, troubles, (one) => seen.get(keyOf(one)) ?? startedAt);
      blind.well();
    } catch (error) {
      if (isDamage(error)) deps.onDamage(error);
      blind.wrong((error as Error).message);
    }
  };
  const lookOnce = () => {
    looking = looking.then(look);
    return looking;
  };
  return {
    start: () => {
      timer = setInterval(lookOnce, deps.lookMs);
      void lookOnce();
    },
    look: lookOnce,
    nudge: () => {
      if (stopped) return;
      // several troubles of one cause come together
      soon ??= setTimeout(() => {
        soon = null;
        void lookOnce();
      }, SOON_MS);
    },
    standing: () => troubles,
    stop: async () => {
      stopped = true;
      if (timer) clearInterval(timer);
      if (soon) clearTimeout(soon);
      await looking;
    },
  };
}

/** One line when it begins and one when it is over, of what no part tells. */
function sayFound(log: Log, said: Map<string, ToldOnce>, troubles: readonly Trouble[]): void {
  const there = new Set<string>();
  for (const one of troubles.filter(({ cause }) => CAUSES[cause].found)) {
    const key = keyOf(one);
    there.add(key);
    const { what, over } = wordsFor(one, 'en');
    const about = one.subject === '' ? log : log.child({ about: one.subject });
    const teller = said.get(key) ?? toldOnce(about, one.cause, what, over, CAUSES[one.cause].warns ? 'warn' : 'error');
    said.set(key, teller);
    teller.wrong(one.error, { since: new Date(one.since).toISOString() });
  }
  for (const [key, teller] of said) {
    if (there.has(key)) continue;
    teller.well();
    said.delete(key);
  }
}

async function write(
  { db, now, pauses, messageId, onQueued }: AlarmDeps,
  admin: Admin,
  troubles: readonly Trouble[],
  seenAt: (told: Told) => number,
): Promise<void> {
  const told = (await toldAlarms(db)).flatMap(fromRow);
  const tellings = planTellings(troubles, told, seenAt, now(), pauses);
  for (const telling of tellings) {
    await tellAlarm(db, toRow(telling.remember), alarmLetter(telling, admin, messageId(), now()));
  }
  if (tellings.length > 0) onQueued();
}

/** What a newer version told of is nothing that this one could take back. */
function fromRow({ cause, told_at, stands, ...row }: AlarmsTable): readonly Told[] {
  return isCause(cause) ? [{ ...row, cause, toldAt: told_at, stands: stands === 1 }] : [];
}

const toRow = ({ toldAt, stands, ...rest }: Told): AlarmsTable => ({
  ...rest,
  told_at: toldAt,
  stands: Number(stands),
});
