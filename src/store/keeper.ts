// Keeps letters in the spool by way of a worker thread: deliveries in; the letters they became out, when they are on the disk.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Delivery } from '../mail/envelope.ts';
import { movable } from '../mail/movable.ts';
import type { Answer, Errand, KeeperData, KeptWithBytes } from './keeper-thread.ts';
import type { BoxKey } from './ledger.ts';

export interface Keeper {
  /**
   * Keeps all of them in one commit, or none; others may share it. Rejects as `Spool.keep` throws. The bytes are given away:
   * those of a letter that was kept come back with it, a copy for the thread would be garbage as large as the letters.
   */
  keep(deliveries: readonly Delivery[], now: number): Promise<readonly KeptWithBytes[]>;
  /** As `Ledger.finish`. */
  finish(box: BoxKey, uids: readonly number[]): Promise<void>;
  /** Starts the thread, so that the first letter need not wait for it. */
  warm(): void;
  /** Finishes what it was handed. */
  close(): Promise<void>;
}

type Work<E = Errand> = E extends Errand ? Omit<E, 'id'> : never;

/** Heap of the thread in MB; the letters are outside of it. */
const HEAP_MB = 128;
/** Node runs the source as it is; the package holds it compiled. */
const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** The keeper of a spool file that is there; its thread is started when there is something to keep, again where it ended. */
export function keeperOf(data: KeeperData): Keeper {
  let thread: Worker | null = null;
  let last = 0;
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();

  const heard = (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) thread?.unref();
    if (answer.error) asked?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }));
    else asked?.resolve(answer);
  };

  const lost = (error: Error) => {
    thread = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    const worker = new Worker(new URL(`./keeper-thread.${ENDING}`, import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.unref();
    worker.on('message', heard);
    worker.on('error', lost);
    worker.on('exit', () => lost(new Error('the thread that keeps letters ended')));
    return worker;
  };

  const ask = (work: Work, given: readonly Uint8Array<ArrayBuffer>[] = []): Promise<Answer> => {
    thread ??= start();
    thread.ref();
    const id = ++last;
    thread.postMessage(
      { ...work, id } satisfies Errand,
      given.map(({ buffer }) => buffer),
    );
    const asked = Promise.withResolvers<Answer>();
    waiting.set(id, asked);
    return asked.promise;
  };

  return {
    keep: async (deliveries, now) => {
      const raws = deliveries.map(({ raw }) => movable(raw));
      const given = deliveries.map((delivery, i) => ({ ...delivery, raw: raws[i]! }));
      return (await ask({ kind: 'keep', deliveries: given, now }, raws)).kept ?? [];
    },
    finish: async (box, uids) => {
      await ask({ kind: 'finish', box, uids });
    },
    warm: () => {
      thread ??= start();
    },
    close: async () => {
      if (!thread) return;
      const ending = thread;
      const gone = once(ending, 'exit');
      await ask({ kind: 'close' }).catch(() => {});
      // the process must not end before the thread has closed its file
      ending.ref();
      await gone;
    },
  };
}
