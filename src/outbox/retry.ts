// What a failed attempt to send means (RFC 5321 §4.2.1): try again and when, give up, or nobody can know. Pure.

import type { Settlement } from '../store/outbox.ts';

/** A failed attempt. `reply` is the server's code where it gave one. */
export interface Failure {
  readonly message: string;
  readonly reply: number | null;
  /** How far it got: nothing was said to anybody; refused or lost before the end of the data; lost after the final dot. */
  readonly reached: 'nobody' | 'server' | 'after-dot';
}

/** A recipient whom the server refused, while it took the letter for others. */
export interface Refused {
  readonly address: string;
  readonly reply: string;
  /** For good (5yz), and not only for now (4yz). */
  readonly lasting: boolean;
}

const MINUTE = 60_000;

/** Wait before the next attempt: 1 min doubling to 1 h, with a tenth of jitter. `random` in [0, 1). */
export function backoff(attempts: number, random: number): number {
  const base = Math.min(MINUTE * 2 ** Math.max(attempts - 1, 0), 60 * MINUTE);
  return Math.round(base * (0.9 + 0.2 * random));
}

/** Whether a server refused the letter for good (RFC 5321 §4.2.1, 5yz). */
export const isLasting = ({ reply }: Failure): boolean => reply !== null && reply >= 500;

const HANDED_OVER = 'after the whole letter was handed over';

/**
 * How an attempt that failed is settled. `giveUpAt` is when the letter has waited long enough, `afterCrash` as in `OUTGOING`,
 * `doubtful` whether an attempt before this one may have arrived: such a letter is sent once more, not for ever.
 */
export function settleFailure(
  failure: Failure,
  row: {
    readonly attempts: number;
    readonly giveUpAt: number;
    readonly afterCrash: 'close' | 'again';
    readonly doubtful: boolean;
  },
  now: number,
  random: number,
): Settlement {
  const { message, reply, reached } = failure;
  if (isLasting(failure)) return { state: 'failed', error: message };
  const unknown = reached === 'after-dot' && reply === null;
  if (unknown && (row.afterCrash === 'close' || row.doubtful)) {
    return { state: 'unknown', error: `${message} (${HANDED_OVER})` };
  }
  // where no server was reached, the worker makes all letters wait together
  const notBefore = reached === 'nobody' ? now : now + backoff(row.attempts, random);
  if (notBefore > row.giveUpAt) return { state: 'failed', error: `given up: ${message}` };
  const error = unknown ? `${message} (${HANDED_OVER}: it may arrive twice)` : message;
  return { state: 'queued', error, notBefore, counted: reached !== 'nobody', doubtful: unknown };
}

/**
 * How an attempt is settled that succeeded. A letter that one of several recipients did not get has left all the same; whom the
 * server only put off gets it later, while there is time before `giveUpAt`.
 */
export function settledAs(refused: readonly Refused[], giveUpAt: number, now: number, random: number): Settlement {
  if (refused.length === 0) return { state: 'sent', error: null };
  const notBefore = now + backoff(1, random);
  const isLate = ({ lasting }: Refused) => !lasting && notBefore <= giveUpAt;
  const late = refused.filter(isLate);
  const lost = refused.filter((one) => !isLate(one));
  const words = (said: string, some: readonly Refused[]) =>
    some.length === 0 ? [] : [`${said}: ${some.map(({ address, reply }) => `${address} (${reply})`).join(', ')}`];
  return {
    state: 'sent',
    error: [...words('refused', lost), ...words('tried again by a letter of its own', late)].join('; '),
    refused: lost.map(({ address }) => address),
    ...(late.length > 0 ? { late: { people: late.map(({ address }) => address), notBefore } } : {}),
  };
}
