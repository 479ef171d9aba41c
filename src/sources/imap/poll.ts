// The poll beside IDLE, on its cron schedule. In the hour that a clock is set back node-cron stands still, up to an hour and
// with seconds and minutes alike; a schedule that is the same in every hour therefore has a plain timer beside it.

import { createTask } from 'node-cron';

export interface Poll {
  start(): void;
  stop(): Promise<void>;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const SECOND = 1_000;
const HOUR = 3_600_000;

/** Calls `due` whenever the schedule says so. `expression` is a valid cron expression of five or six fields. */
export function pollAt(expression: string, due: () => void): Poll {
  let lastAt = performance.now();
  let guard: NodeJS.Timeout | null = null;
  const tell = () => {
    lastAt = performance.now();
    due();
  };
  const task = createTask(expression, tell, { noOverlap: true, logger: SILENT, suppressMissedWarning: true });
  const every = longestPause(expression);
  return {
    start: () => {
      lastAt = performance.now();
      void task.start();
      if (every === null) return;
      guard = setInterval(() => {
        if (performance.now() - lastAt >= every + SECOND) tell();
      }, every);
    },
    stop: async () => {
      if (guard) clearInterval(guard);
      await task.destroy();
    },
  };
}

/** Milliseconds between two times of a schedule at the most; null where it is not the same in every hour of every day. */
export function longestPause(expression: string): number | null {
  const fields = expression.trim().split(/\s+/);
  const [second, minute, ...rest] = fields.length === 6 ? fields : ['0', ...fields];
  if (second === undefined || minute === undefined || rest.some((field) => field !== '*')) return null;
  if (second !== '0') return minute === '*' ? (stepOf(second) ?? 60) * SECOND : HOUR;
  return (stepOf(minute) ?? 60) * 60 * SECOND;
}

// each, or each n-th, of sixty; null for lists and ranges, whose pauses differ
function stepOf(field: string): number | null {
  if (field === '*') return 1;
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1] ?? Number.NaN);
  return step >= 1 && step < 60 ? step : null;
}
