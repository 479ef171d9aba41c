// How far long work has come: a bar on a terminal, where the number of things can be known beforehand; nothing otherwise.

import { SingleBar } from 'cli-progress';

export interface Bar {
  readonly shown: boolean;
  add(done: number): void;
  stop(): void;
}

/** A bar for so many things. */
export function barFor(total: number, things = 'letters'): Bar {
  if (!process.stderr.isTTY || total < 2) return { shown: false, add: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${things}, {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { shown: true, add: (done) => bar.increment(done), stop: () => bar.stop() };
}
