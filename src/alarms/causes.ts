// What an admin is told of by letter, and how patiently. Most causes are troubles that parts tell in the log, under the same
// name; the rest is found by looking (findings.ts).

export type Cause =
  | 'unread'
  | 'unfetched'
  | 'deaf'
  | 'auth-failed'
  | 'consent'
  | 'ledger-gap'
  | 'lost'
  | 'not-listening'
  | 'disk'
  | 'keep'
  | 'work'
  | 'standstill'
  | 'quarantine'
  | 'set-aside'
  | 'outbox'
  | 'smtp'
  | 'stuck'
  | 'failed'
  | 'uncomposed'
  | 'breaker'
  | 'unproven'
  | 'calendar'
  | 'provisional';

export interface CauseRules {
  /** How long it must stand before a letter is written, in milliseconds: what mends itself meanwhile was no alarm. */
  readonly patienceMs: number;
  /** While one of these stands for the same mailbox, or for the desk, this one follows from it and is not told. */
  readonly follows: readonly Cause[];
  /** No part tells of it: it is found by looking, and its line in the log is written here. */
  readonly found?: true;
  /** A warning in the log: nothing is wrong yet. */
  readonly warns?: true;
}

const MINUTE = 60_000;
const AT_ONCE: CauseRules = { patienceMs: 0, follows: [] };
const BRIEFLY: CauseRules = { patienceMs: MINUTE, follows: ['disk'] };

const FOUND = { patienceMs: 0, follows: [], found: true } as const;

export const CAUSES: Readonly<Record<Cause, CauseRules>> = {
  // the configured minutes are its patience
  unread: { ...FOUND, follows: ['auth-failed', 'consent', 'keep'] },
  unfetched: { patienceMs: 10 * MINUTE, follows: ['unread'] },
  deaf: AT_ONCE,
  'auth-failed': AT_ONCE,
  consent: AT_ONCE,
  'ledger-gap': AT_ONCE,
  lost: FOUND,
  'not-listening': { patienceMs: MINUTE, follows: [] },
  disk: AT_ONCE,
  keep: BRIEFLY,
  work: BRIEFLY,
  standstill: FOUND,
  quarantine: FOUND,
  'set-aside': FOUND,
  outbox: BRIEFLY,
  smtp: { patienceMs: 5 * MINUTE, follows: [] },
  stuck: { ...FOUND, follows: ['smtp', 'breaker', 'outbox'] },
  failed: { ...FOUND, follows: ['breaker'] },
  breaker: AT_ONCE,
  uncomposed: FOUND,
  unproven: FOUND,
  calendar: FOUND,
  provisional: { ...FOUND, warns: true },
};

export const isCause = (name: string): name is Cause => Object.hasOwn(CAUSES, name);

/** Something that is wrong now. */
export interface Trouble {
  readonly cause: Cause;
  /** Which mailbox, listener or calendar; empty where there is but one. */
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Grows when it gets worse: then it is told again. */
  readonly level: number;
  /** What a part said of it; empty where there is nothing to add. */
  readonly error: string;
  /** For the words. */
  readonly facts: Readonly<Record<string, number | string>>;
}

/** Of everything that is wrong, what has stood long enough and follows from nothing else. */
export function worthTelling(standing: readonly Trouble[], now: number): readonly Trouble[] {
  const follows = ({ cause, subject }: Trouble) =>
    standing.some(
      (other) => CAUSES[cause].follows.includes(other.cause) && (other.subject === '' || other.subject === subject),
    );
  return standing.filter((one) => now - one.since >= CAUSES[one.cause].patienceMs && !follows(one));
}
