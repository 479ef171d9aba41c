// What a failed attempt to send means (RFC 5321 §4.2.1): try again and when, give up, or nobody can know. Pure.

import type { Settlement } from '../store/outbox.ts';
import type { Reduced } from '../store/schema.ts';

/** A failed attempt. `reply` is the server's code where it gave one. */
export interface Failure {
  readonly message: string;
  readonly reply: number | null;
  /** How far it got: nothing was said to anybody; refused or lost before the end of the data; lost after the final dot. */
  readonly reached: 'nobody' | 'server' | 'after-dot';
  /** The server's SIZE is smaller than the letter, which was not handed over therefore. */
  readonly tooLarge?: true;
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

/** Whether a server would not take a letter of this size (RFC 1870 §6.1; RFC 3463 X.3.4), or said so before (SIZE). */
export const isTooLarge = ({ reply, message, tooLarge }: Failure): boolean =>
  tooLarge === true || reply === 552 || (reply !== null && /\b[45]\.3\.4\b/.test(message));

/** Whether a server refused the letter for good (RFC 5321 §4.2.1, 5yz). */
export const isLasting = ({ reply, tooLarge }: Failure): boolean =>
  tooLarge === true || (reply !== null && reply >= 500);

/** What is written down of a letter that left, but not as it should be: how, and why. */
export const reduced = (
  { error }: Pick<Settlement, 'error'>,
  composed: Reduced | null,
  because: string | null,
): { readonly error: string; readonly composed?: Reduced } => ({
  error: [error, composed === 'bare' ? `left as a bare notice: ${because}` : because].filter(Boolean).join('; '),
  ...(composed === null ? {} : { composed }),
});

/** Attempts after which a letter that can't be put together is set aside. */
const MAX_COMPOSED = 3;

/**
 * How an attempt is settled in which the letter could not be put together. `passing`: the database is in trouble, and the letter
 * waits as long as for a server.
 */
export function settleUncomposed(
  { error, passing }: { readonly error: string; readonly passing: boolean },
  row: { readonly attempts: number; readonly giveUpAt: number },
  now: number,
  random: number,
): Settlement {
  const words = `could not be composed: ${error}`;
  const notBefore = now + backoff(row.attempts, random);
  if (notBefore > row.giveUpAt) return { state: 'failed', error: `given up: ${words}`, composed: 'not' };
  if (!passing && row.attempts >= MAX_COMPOSED)
    return { state: 'failed', error: `set aside: ${words}`, composed: 'not' };
  return { state: 'queued', error: words, notBefore, counted: true, doubtful: false };
}

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
