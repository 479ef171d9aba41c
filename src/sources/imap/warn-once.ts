// Trouble that lasts is said once, not at each poll: in: the kind of trouble; out: one warning until it is over.

import type { Log } from '../../config/log.ts';

export interface WarnOnce {
  /** A warning the first time, a debug line from then on. */
  warn(event: string, fields: Readonly<Record<string, unknown>>, message: string): void;
  /** The trouble has ended; the next one of its kind is said again. */
  over(event: string): void;
}

/** Trouble of one source; what was said is remembered as long as it lives. */
export function warnOnce(log: Log): WarnOnce {
  const said = new Set<string>();
  return {
    warn: (event, fields, message) => {
      log[said.has(event) ? 'debug' : 'warn']({ event, ...fields }, message);
      said.add(event);
    },
    over: (event) => void said.delete(event),
  };
}
