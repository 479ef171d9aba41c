// Trouble that lasts goes in at every try; one line comes out when it begins, one when it is over. A log that repeats itself
// every two seconds buries what else went wrong. `trouble` on each line says which of the two it is, for those who listen
// to the log (troubles.ts).

import type { Log, LogFields } from './log.ts';

export interface ToldOnce {
  /** It went wrong: a line for a new error, a debug line for the same again. */
  wrong(error: string, fields?: LogFields): void;
  /** It went well: a line where it had gone wrong before. */
  well(): void;
}

/** One kind of trouble. `event` names it for programs; `begun` and `over` are the two lines, and `level` is that of the first. */
export function toldOnce(
  log: Log,
  event: string,
  begun: string,
  over: string,
  level: 'warn' | 'error' = 'error',
): ToldOnce {
  let told: string | null = null;
  return {
    wrong: (error, fields = {}) => {
      log[error === told ? 'debug' : level]({ event, trouble: 'begun', ...fields, error }, begun);
      told = error;
    },
    well: () => {
      if (told !== null) log.info({ event, trouble: 'over' }, over);
      told = null;
    },
  };
}
