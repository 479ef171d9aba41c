// How far kvitok ingest has come: a bar on a terminal, where the number of letters can be known beforehand; nothing otherwise.

import { SingleBar } from 'cli-progress';

export interface Bar {
  readonly shown: boolean;
  add(letters: number): void;
  stop(): void;
}

/** A bar for so many letters. */
export function barFor(total: number): Bar {
  if (!process.stderr.isTTY || total < 2) return { shown: false, add: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: '{bar} {value}/{total} letters, {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { shown: true, add: (letters) => bar.increment(letters), stop: () => bar.stop() };
}
