// The free-space guard: whether the disk of the data folder has room for one more letter. A letter is refused for now while
// there is still room for what was taken in before: its ticket, its acknowledgement, the log.

import fs from 'node:fs';
import type { Log } from '../config/log.ts';
import { type ToldOnce, toldOnce } from '../config/told-once.ts';

const MEGABYTE = 1024 * 1024;
/** The system is asked this often at most: a burst is thousands of letters a second. */
const LOOK_MS = 1000;

export interface SpaceGuard {
  /** Why nothing may be kept now; null while there is room. */
  refusal(): string | null;
}

export interface SpaceDeps {
  readonly folder: string;
  readonly reserveMegabytes: number;
  readonly log: Log;
  /** A clock that never jumps, milliseconds. */
  readonly clock?: () => number;
  /** Free bytes of the file system that holds a folder. Throws where it can't be asked. */
  readonly free?: (folder: string) => number;
}

/** The guard of a data folder: one alarm when the reserve is reached, one line when there is room again. */
export function spaceGuard(deps: SpaceDeps): SpaceGuard {
  const { folder, reserveMegabytes, log, clock = () => performance.now(), free = freeBytes } = deps;
  const short = toldOnce(log, 'disk', 'no letter is taken in until there is room', 'there is room again');
  let lookedAt = Number.NEGATIVE_INFINITY;
  let refusal: string | null = null;
  return {
    refusal: () => {
      if (clock() - lookedAt < LOOK_MS) return refusal;
      lookedAt = clock();
      refusal = look(short, () => free(folder), { folder, reserve: reserveMegabytes * MEGABYTE });
      return refusal;
    },
  };
}

/** Bytes that this user may still write, the system's own reserve left out. */
function freeBytes(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
}

function look(
  short: ToldOnce,
  free: () => number,
  { folder, reserve }: { readonly folder: string; readonly reserve: number },
): string | null {
  let left: number;
  try {
    left = free();
  } catch {
    // a file system that can't say how full it is (some network ones) is no reason to take nothing in
    return null;
  }
  if (left > reserve) {
    short.well();
    return null;
  }
  const refusal = 'the disk of the data folder is almost full';
  short.wrong(refusal, { folder, freeMegabytes: Math.floor(left / MEGABYTE), reserveMegabytes: reserve / MEGABYTE });
  return refusal;
}
