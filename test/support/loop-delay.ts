// How long the main thread of a daemon works without a pause, in processor time: what everybody else waits for.

import fs from 'node:fs';
import path from 'node:path';

const PRELOAD = path.join(import.meta.dirname, 'loop-delay.mjs');

/** The environment of a daemon that writes its longest stretch of work into `file`, from two seconds after its start. */
export const measuringDelay = (file: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import ${PRELOAD}`,
  LOOP_DELAY_FILE: file,
});

/** The longest stretch so far, milliseconds. */
export const longestWork = (file: string): number => Number(fs.readFileSync(file, 'utf8'));
