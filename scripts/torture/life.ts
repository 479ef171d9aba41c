// The daemon through all its deaths: started with faults or without, killed, ended, and started again when it died of what was
// ordered. An end that nobody brought about is remembered and held against it.

import { until } from '../../test/support/condition.ts';
import type { DaemonProcess, LogLine, PostRoom, Surroundings } from '../../test/support/daemon.ts';
import { costOf } from './process.ts';

export interface Life {
  pid(): number;
  /** Starts it where it does not run, with orders as in KVITOK_FAULT; comes back when it works, or has died of a fault. */
  start(faults?: string): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM, and a look whether it ended in order and in time. */
  end(): Promise<void>;
  /** Whether it runs. */
  runs(): boolean;
  /** Faults that happened in the life that runs, or ran last. */
  strikes(): number;
  /** Log of the life that runs, or ran last. */
  log(): readonly LogLine[];
  /** Times it died in the middle of its work. */
  deaths(): number;
  /** Faults so far by point: `sent` 3. */
  faults(): ReadonlyMap<string, number>;
  strangeEnds(): readonly string[];
  /** Highest resident memory of any of its processes, bytes. */
  peak(): number;
  /** Every line of its log that is an error, of all lives. */
  errors(): readonly string[];
}

/** What SIGTERM promises. */
const END_MS = 20_000;
const SAID = /^fault: (\w+) at ([a-z-]+)/gm;

interface Struck {
  readonly act: string;
  readonly point: string;
}

/** Faults that a process told of before they happened. */
function struckIn(daemon: DaemonProcess | null): readonly Struck[] {
  return [...(daemon?.stderr() ?? '').matchAll(SAID)].map(([, act = '', point = '']) => ({ act, point }));
}

/** The life of the daemon of a room; nothing is started before `start`. */
export function lifeOf(room: PostRoom): Life {
  let daemon: DaemonProcess | null = null;
  let last: DaemonProcess | null = null;
  let deaths = 0;
  let peak = 0;
  const faults = new Map<string, number>();
  const strange: string[] = [];
  const errors: string[] = [];
  let ordered: 'SIGKILL' | 'SIGTERM' | null = null;

  const look = (running: DaemonProcess) => {
    try {
      peak = Math.max(peak, costOf(running.pid).peak);
    } catch {
      // it has ended just now
    }
  };
  const watch = (running: DaemonProcess) => {
    const eye = setInterval(() => look(running), 500).unref();
    void running.ended.then(({ code, signal }) => {
      clearInterval(eye);
      const struck = struckIn(running);
      for (const { point } of struck) faults.set(point, (faults.get(point) ?? 0) + 1);
      for (const line of running.log.filter(({ level }) => level === 'error')) errors.push(line.msg);
      if (code !== 0) deaths += 1;
      const killed = signal === 'SIGKILL' && struck.some(({ act }) => act === 'kill');
      const stumbled = code !== null && code !== 0 && struck.some(({ act }) => act === 'throw');
      // before it runs it does not listen to signals yet
      const early = signal === 'SIGTERM' && !running.log.some(({ msg }) => msg === 'kvitok runs');
      const inOrder = ordered === 'SIGKILL' || (ordered === 'SIGTERM' && (code === 0 || early));
      if (!inOrder && !killed && !stumbled)
        strange.push(
          `ended with ${code ?? signal} after ${ordered ?? 'nothing'}: ${running.stderr().trim().slice(0, 300)}`,
        );
      daemon = null;
    });
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!daemon) return;
    ordered = signal;
    look(daemon);
    const began = performance.now();
    await daemon.kill(signal);
    const took = performance.now() - began;
    if (took > END_MS) strange.push(`${signal} took ${Math.round(took / 1000)} s`);
    await until(() => daemon === null, 1_000, 'the end is noticed');
  };
  return {
    pid: () => daemon?.pid ?? 0,
    start: async (orders) => {
      if (daemon) return;
      ordered = null;
      const surroundings: Surroundings = orders === undefined ? {} : { env: { KVITOK_FAULT: orders } };
      const running = room.launch(surroundings);
      daemon = running;
      last = running;
      watch(running);
      await until(
        () => daemon === null || running.log.some(({ msg }) => msg === 'kvitok runs'),
        30_000,
        'the daemon runs or has died',
      );
    },
    kill: () => end('SIGKILL'),
    end: () => end('SIGTERM'),
    runs: () => daemon !== null,
    strikes: () => struckIn(last).length,
    log: () => last?.log ?? [],
    deaths: () => deaths,
    faults: () => faults,
    strangeEnds: () => strange,
    peak: () => peak,
    errors: () => errors,
  };
}
