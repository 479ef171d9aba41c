// Reads letters in worker threads, in their order; those behind a letter that takes long are read by another thread.

import { type Job, Reader, type ReadingLimits, type ReadLetter } from './reader.ts';
import type { ReadingSettings } from './reading.ts';

export const READING_LIMITS: ReadingLimits = Object.freeze({
  letterMs: 10_000,
  heapMegabytes: 384,
  memoryMegabytes: 512,
  bytes: 16 * 1024 * 1024,
  watchMs: 250,
});

/**
 * Reads one letter; `load` gives its bytes, more than once where a file of it ends a thread. Rejects with the error of
 * `load`, with what was wrong with the letter, or with NoThread.
 */
export type Read = (letter: Job['letter'], load: Job['load']) => Promise<ReadLetter>;

export interface Readers {
  readonly read: Read;
  /** Starts a thread, so that the first letter need not wait for it. */
  warm(): void;
  /** Ends all threads; letters under way are rejected. */
  close(): Promise<void>;
}

/** Letters handed to a thread at a time, so that it has one to go on with. */
const AHEAD = 4;
/** A letter that takes so long holds up a thread; the letters behind it go to another. */
const SLOW_MS = 1_000;
const THREADS = 2;

/** The readers of a desk; a thread is started when there is something to read. `onEnd` is told of each that a letter ended. */
export function openReaders(settings: ReadingSettings, limits = READING_LIMITS, onEnd = () => {}): Readers {
  const readers = new Set<Reader>();
  const waiting: Job[] = [];
  let watch: NodeJS.Timeout | null = null;
  let closed = false;

  const start = (): Reader => {
    const reader: Reader = new Reader(settings, limits, {
      free: handOut,
      over: (left) => {
        onEnd();
        readers.delete(reader);
        waiting.unshift(...left);
        handOut();
      },
    });
    readers.add(reader);
    return reader;
  };

  /** Who takes the next letter: the one with the least to do; a new one where the others are held up. */
  const free = (bytes: number): Reader | null => {
    const all = [...readers];
    const held = all.reduce((sum, reader) => sum + reader.bytes, 0);
    if (held > 0 && held + bytes > limits.bytes) return null;
    const [best] = all.filter(({ age }) => age < SLOW_MS).sort((a, b) => a.letters - b.letters);
    if (best) return best.letters < AHEAD ? best : null;
    return readers.size < THREADS ? start() : null;
  };

  const handOut = (): void => {
    while (!closed && waiting[0]) {
      const reader = free(waiting[0].letter.size);
      if (!reader) break;
      const job = waiting.shift()!;
      try {
        reader.take(job);
      } catch (error) {
        job.failed(error);
      }
    }
    keepWatch();
  };

  const keepWatch = (): void => {
    const busy = !closed && [...readers].some(({ letters }) => letters > 0);
    if (busy) watch ??= setInterval(look, limits.watchMs);
    if (busy || watch === null) return;
    clearInterval(watch);
    watch = null;
  };

  const look = (): void => {
    for (const reader of [...readers]) reader.watch();
    handOut();
  };

  return {
    read: (letter, load) =>
      new Promise((done, failed) => {
        waiting.push({ letter, load, unchecked: [], done, failed });
        handOut();
      }),
    warm: () => {
      if (readers.size === 0) start();
    },
    close: async () => {
      closed = true;
      keepWatch();
      const left = await Promise.all([...readers].map((reader) => reader.end()));
      for (const job of [...left.flat(), ...waiting.splice(0)]) job.failed(new Error('kvitok is being stopped'));
      readers.clear();
    },
  };
}
