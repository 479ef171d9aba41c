// What a process costs, from /proc (Linux, proc(5)): resident memory now and at its highest, processor time so far.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  /** Bytes. */
  readonly resident: number;
  readonly peak: number;
  /** Milliseconds of processor time, user and system. */
  readonly cpu: number;
}

let ticksASecond: number | null = null;

/** What a living process has cost so far. Throws where there is no such process. */
export function costOf(pid: number): Cost {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // the command's name, in parentheses, may hold blanks: fields are counted behind it
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  ticksASecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { resident: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024, cpu: (ticks * 1000) / ticksASecond };
}
