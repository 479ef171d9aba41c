// Every duration and count of the IMAP source in one table; milliseconds. A test may hand in a quicker one.

export interface Pace {
  /** A connection must stand, and a command must bring some byte, within this time. */
  readonly silence: number;
  /** One command may take this long in all, however steadily a server drips. */
  readonly command: number;
  /** First wait before connecting again; doubles up to `backoffMost`. */
  readonly backoff: number;
  readonly backoffMost: number;
  /** Wait after a refused log-in: providers lock accounts that try oftener. */
  readonly refusedLogin: number;
  /** IDLE is renewed after this time (RFC 2177 says at most 29 minutes; NAT boxes forget sooner). */
  readonly idle: number;
  /** An IDLE that the server ended by itself is not begun again sooner than this. */
  readonly idleAgain: number;
  /** Letters that could not be kept are offered again after this time. */
  readonly tryAgain: number;
  /** What a pass may still take when the source is stopped. */
  readonly stop: number;
  /** How long a server is waited for that is told good-bye. */
  readonly goodbye: number;
}

export const PACE: Pace = Object.freeze({
  silence: 25_000,
  command: 600_000,
  backoff: 1_000,
  backoffMost: 60_000,
  refusedLogin: 300_000,
  idle: 300_000,
  idleAgain: 5_000,
  tryAgain: 15_000,
  stop: 3_000,
  goodbye: 1_000,
});

/** A letter that has lain there for so long should have been told of in IDLE; in milliseconds, generous for two clocks. */
export const ANNOUNCED_MS = 60_000;

/** Looks in a row that found what IDLE had not told, before that is called trouble. */
export const UNTOLD_LOOKS = 2;

/** UIDs asked about, moved or flagged with one command: their set stays well under the 8,000 characters of RFC 7162 §4. */
export const UIDS_A_COMMAND = 250;

/** UIDs compared with the ledger in one go, so that a mailbox of 100,000 letters does not hold up the daemon. */
export const UIDS_A_LOOK = 10_000;

/** Failed fetches after which a letter waits for the next poll. */
export const FAILURES_BEFORE_WAITING = 3;

/** Different letters refused, and none given, after which the server is left alone for a while. */
export const REFUSED_BEFORE_BACKOFF = 2;

/** A single pass (`kvitok once`) connects at most so often when letters end its connections. */
export const ATTEMPTS_A_PASS = 12;
