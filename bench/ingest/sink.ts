// The SMTP server of the bench, as its other parts see it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SinkReport } from './sink-process.ts';

export interface Sink {
  readonly port: number;
  /** What came since the last reset. */
  look(): Promise<SinkReport>;
  /** Forgets what came. */
  reset(): Promise<void>;
  /** Waits for so many letters; gives how many a second came, from the first to the last. */
  rateOf(letters: number): Promise<number>;
  stop(): void;
}

/** Starts it on a free port. */
export async function startSink(): Promise<Sink> {
  const child = fork(join(import.meta.dirname, 'sink-process.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ask = async (order: string): Promise<SinkReport> => {
    const answer = once(child, 'message');
    child.send(order);
    return (await answer)[0] as SinkReport;
  };
  const [{ port }] = (await once(child, 'message')) as [SinkReport];
  const look = () => ask('look');
  return {
    port,
    look,
    reset: async () => {
      await ask('reset');
    },
    rateOf: async (letters) => {
      for (;;) {
        const { letters: came, first, last } = await look();
        if (came >= letters) return ((letters - 1) * 1000) / (last - first);
        await wait(50);
      }
    },
    stop: () => child.disconnect(),
  };
}
