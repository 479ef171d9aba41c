// The disk under the race: how long it takes to sync, and how both sides would fare on a slower one. Where syncing is cheap,
// whoever computes least wins; where it is dear, whoever syncs least often.

import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { STRACE } from '../../test/support/strace.ts';

const TRIES = 40;

/** Milliseconds until 4 KB more of a file in `dir` are on the disk, of many tries. */
export function syncCosts(dir: string): readonly number[] {
  const path = join(dir, 'synced');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096, 1);
  const took = Array.from({ length: TRIES }, () => {
    const begun = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - begun;
  });
  closeSync(file);
  rmSync(path);
  return took;
}

/** What a command line is put behind so that each of its syncs takes so many milliseconds longer (Debian's strace); nothing for 0. */
export const slowedBy = (ms: number): readonly string[] =>
  ms === 0
    ? []
    : [
        ...[...STRACE, '-o', '/dev/null', '-e', 'trace=fsync,fdatasync'],
        ...['-e', `inject=fsync,fdatasync:delay_exit=${ms * 1000}`],
      ];
