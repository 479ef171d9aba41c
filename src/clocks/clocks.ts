// What time alone brings: at night, in the desk's time zone, letters that have outlived the retention; in the morning, what
// waits for each operator; every some seconds, a look whether the disk has room again, and at the deadlines. Started and
// stopped by the daemon.

import { setTimeout as wait } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { createTask } from 'node-cron';
import type { Log } from '../config/log.ts';
import { toldOnce } from '../config/told-once.ts';
import { type RetentionRules, removeOutlived } from '../store/retention.ts';
import type { SpaceGuard } from '../store/space.ts';
import type { Store } from '../store/store.ts';

export interface ClockDeps {
  readonly store: Store;
  readonly space: SpaceGuard;
  readonly rules: RetentionRules;
  readonly timeZone: string;
  /** Tells the desk of deadlines. */
  readonly deadlines: () => Promise<unknown>;
  /** Queues the digests of a day, gives their number; `at` as `08:30`. Null where nobody gets any. */
  readonly digest: Mornings | null;
  /** The same for the reports to the leads. */
  readonly reports: Mornings | null;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** For tests: when the night is, as a cron schedule, and how often disk and deadlines are looked at, in milliseconds. */
  readonly pace?: { readonly night: string; readonly look: number; readonly deadlines: number };
}

/** What is queued every morning, where there is anything. */
export interface Mornings {
  readonly at: string;
  readonly queue: (now: number) => Promise<number>;
}

export interface Clocks {
  start(): void;
  /** Ends after the commit under way; what is left waits for the next night. */
  stop(): Promise<void>;
}

const PACE = { night: '17 3 * * *', look: 10_000, deadlines: 30_000 };
/** Between two commits letters that come in get their turn. */
const PAUSE_MS = 20;
const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

/** The clocks of one data folder; nothing runs before `start`. */
export function clocksOf(deps: ClockDeps): Clocks {
  const { space, timeZone, digest, reports, pace = PACE } = deps;
  const ending = new AbortController();
  let night: Promise<void> = Promise.resolve();
  let look: NodeJS.Timeout | null = null;
  const deadlines = looking(deps, pace.deadlines);
  const tonight = () => {
    night = clean(deps, ending.signal);
    return night;
  };
  const task = createTask(pace.night, tonight, { timezone: timeZone, noOverlap: true, logger: SILENT });
  const mornings = [
    ...(digest ? [morningTask('digest', digest, deps)] : []),
    ...(reports ? [morningTask('report', reports, deps)] : []),
  ];
  return {
    start: () => {
      void task.start();
      for (const each of mornings) each.start();
      // without a letter nobody would ask, and the alarm would never be taken back
      look = setInterval(() => space.refusal(), pace.look);
      deadlines.start();
    },
    stop: async () => {
      ending.abort();
      if (look) clearInterval(look);
      await Promise.all([task.destroy(), ...mornings.map((each) => each.stop())]);
      await night;
      await deadlines.stop();
    },
  };
}

/** Looks at the deadlines, one look after another; one that went wrong is told, and the next one makes up for it. */
function looking({ deadlines, log }: ClockDeps, pauseMs: number): Pick<Clocks, 'start' | 'stop'> {
  const trouble = toldOnce(log, 'deadlines', 'deadlines could not be told, trying again', 'deadlines are told again');
  const ending = new AbortController();
  const { signal } = ending;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    while (!signal.aborted) {
      await deadlines().then(
        () => trouble.well(),
        (error: Error) => trouble.wrong(error.message),
      );
      await wait(pauseMs, undefined, { signal }).catch(() => {});
    }
  };
  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** A daemon that starts so much later in the day still makes up for the morning it missed. */
const MADE_UP_MS = 3 * 3_600_000;

function morningTask(event: 'digest' | 'report', { at, queue }: Mornings, { timeZone, log, now }: ClockDeps) {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  let work: Promise<void> = Promise.resolve();
  const tell = () => {
    work = queue(now()).then(
      (letters) => void (letters > 0 && log.info({ event, letters }, `each ${event} of the morning was queued`)),
      (error: Error) => log.error({ event, error: error.message }, `each ${event} of the morning could not be queued`),
    );
    return work;
  };
  const task = createTask(`${minute} ${hour} * * *`, tell, { timezone: timeZone, noOverlap: true, logger: SILENT });
  return {
    start: () => {
      void task.start();
      const today = DateTime.fromMillis(now(), { zone: timeZone });
      const late = today.toMillis() - today.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
      if (late > 0 && late < MADE_UP_MS) void tell();
    },
    stop: async () => {
      await task.destroy();
      await work;
    },
  };
}

/** One night's work. Never rejects: a night that went wrong is a line, and there is another one tomorrow. */
async function clean({ store, rules, log, now }: ClockDeps, signal: AbortSignal): Promise<void> {
  if (Object.values(rules).every((days) => days === null)) return;
  try {
    const pause = () => wait(PAUSE_MS);
    const run = { rules, now: now(), dry: false, pause, stopped: () => signal.aborted };
    const { resolved, quarantined, automatic } = await removeOutlived(store, run);
    const letters = resolved.letters + quarantined.letters + automatic.letters;
    const bytes = resolved.bytes + quarantined.bytes + automatic.bytes;
    if (letters > 0) log.info({ event: 'retention', letters, bytes }, 'bytes of old letters were removed');
  } catch (error) {
    log.error({ event: 'retention', error: (error as Error).message }, 'old letters could not be removed tonight');
  }
}
