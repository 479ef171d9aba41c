// What is wrong right now, as the log tells it: a part says its trouble there once (told-once.ts) and knows of nobody who
// listens; whoever has to act on it asks here.

import type { Log, LogFields, LogLevel } from './log.ts';

/** A trouble that was told of and is not over. */
export interface NotedTrouble {
  /** The `event` of its lines. */
  readonly event: string;
  /** Which mailbox or listener it is about; empty where there is but one of its kind. */
  readonly subject: string;
  readonly error: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly fields: LogFields;
}

export interface Troubles {
  /** The same log, listened to. */
  readonly log: Log;
  standing(): readonly NotedTrouble[];
}

/** Listens to a log; what is too light for the log itself is heard all the same. `onChange` is called when a trouble begins or ends. */
export function notedTroubles(log: Log, now: () => number, onChange: () => void): Troubles {
  const standing = new Map<string, NotedTrouble>();
  const hear = (fields: LogFields): void => {
    const { trouble, event, error = '', mailbox, listener } = fields;
    if (trouble !== 'begun' && trouble !== 'over') return;
    const subject = String(mailbox ?? listener ?? '');
    const key = `${String(event)}\0${subject}`;
    const before = standing.get(key);
    if (trouble === 'over') standing.delete(key);
    else {
      const since = before?.since ?? now();
      standing.set(key, { event: String(event), subject, error: String(error), since, fields });
    }
    if ((trouble === 'over') !== (before === undefined)) onChange();
  };
  return { log: heard(log, {}, hear), standing: () => [...standing.values()] };
}

function heard(log: Log, always: LogFields, hear: (fields: LogFields) => void): Log {
  const at = (level: LogLevel) => (fields: LogFields, message: string) => {
    hear({ ...always, ...fields });
    log[level](fields, message);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => heard(log.child(fields), { ...always, ...fields }, hear),
  };
}
