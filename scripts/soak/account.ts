// The checker of a soak: what was put in, what the store and the SMTP server hold afterwards; out: one finding a promise. Pure.

import type { Kind, Sent } from './letters.ts';

export interface KeptLetter {
  readonly messageId: string | null;
  /** Of the bytes as stored. */
  readonly sha256: string;
  /** Null where the letter is still in work. */
  readonly disposition: string | null;
  readonly ticket: number | null;
}

export interface Evidence {
  readonly sent: readonly Sent[];
  readonly kept: readonly KeptLetter[];
  /** Message-IDs of letters whose acknowledgement was under way when the daemon was killed. */
  readonly unknown: readonly string[];
  /** In-Reply-To of every acknowledgement that the SMTP server accepted. */
  readonly acknowledged: readonly string[];
  readonly kills: number;
  /** SMTP connections, each of which can hold one letter under way. */
  readonly connections: number;
  readonly inbox: number;
  readonly done: number;
  /** Bytes. */
  readonly idleMemory: number;
  readonly peakMemory: number;
  /** Milliseconds of processor time used while nothing came for `idleMs`. */
  readonly idleCpu: number;
  readonly idleMs: number;
}

export interface Finding {
  readonly promise: string;
  readonly found: string;
  readonly kept: boolean;
  /** Message-IDs of letters that break the promise, a few of them. */
  readonly examples: readonly string[];
}

const MEGABYTE = 1024 * 1024;
const IDLE_BYTES = 200 * MEGABYTE;
const BURST_BYTES = 300 * MEGABYTE;
/** Of one processor; two timers that look every two seconds need a tenth of it. */
const IDLE_SHARE = 0.03;

const BECOMES: Readonly<Record<Kind, string>> = {
  opens: 'opened',
  replies: 'appended',
  automatic: 'automatic',
  repeats: 'duplicate',
};

/** Holds a soak to its promises. */
export function account(evidence: Evidence): readonly Finding[] {
  return [...accountLetters(evidence), ...accountAnswers(evidence), ...accountMachine(evidence)];
}

function accountLetters({ sent, kept, inbox, done }: Evidence): readonly Finding[] {
  const stored = countBy(kept, (letter) => letter.sha256);
  const dealt = countBy(
    kept.filter((letter) => letter.disposition !== null),
    (letter) => `${letter.messageId} ${letter.disposition}`,
  );
  const ticketOf = new Map(
    kept.filter(({ disposition }) => disposition === 'opened').map(({ messageId, ticket }) => [messageId, ticket]),
  );
  const placed = new Map(
    kept.filter(({ disposition }) => disposition === 'appended').map(({ messageId, ticket }) => [messageId, ticket]),
  );
  const replies = sent.filter(({ kind }) => kind === 'replies');
  const lost = sent.filter(({ sha256 }) => stored.get(sha256) !== 1);
  const strayed = sent.filter(({ kind, messageId }) => dealt.get(`${messageId} ${BECOMES[kind]}`) !== 1);
  const misplaced = replies.filter(
    ({ messageId, opener }) => !placed.has(messageId) || placed.get(messageId) !== ticketOf.get(opener),
  );
  const tickets = new Set(ticketOf.values());
  return [
    every('every letter is kept once, byte for byte', sent, lost),
    finding('nothing else is kept', kept.length, sent.length),
    every('every letter became what it is', sent, strayed),
    finding('every opening letter has a ticket of its own', tickets.size, sent.filter(opens).length),
    every('every reply is in its ticket', replies, misplaced),
    finding('INBOX is empty', inbox, 0),
    finding('the done folder holds every letter', done, sent.length),
  ];
}

const opens = ({ kind }: Sent) => kind === 'opens';

function accountAnswers({ sent, acknowledged, unknown, kills, connections }: Evidence): readonly Finding[] {
  const answers = countBy(acknowledged, (messageId) => messageId);
  const uncertain = new Set(unknown);
  const due = sent.filter(({ kind }) => kind === 'opens' || kind === 'replies');
  const entitled = new Set(due.map(({ messageId }) => messageId));
  const twice = [...answers].filter(([, times]) => times > 1).map(([messageId]) => messageId);
  const missing = due.filter(({ messageId }) => !answers.has(messageId) && !uncertain.has(messageId));
  const uncalled = [...answers.keys()].filter((messageId) => !entitled.has(messageId));
  const most = kills * connections;
  return [
    none('no letter is acknowledged twice', twice),
    every('every acknowledgement is there or listed as unknown', due, missing),
    none('nobody else is acknowledged', uncalled),
    {
      promise: `unknown are at most those under way (${most})`,
      found: String(uncertain.size),
      kept: uncertain.size <= most,
      examples: uncertain.size <= most ? [] : [...uncertain],
    },
  ];
}

function accountMachine({ idleMemory, peakMemory, idleCpu, idleMs }: Evidence): readonly Finding[] {
  return [
    below('resident memory when idle, MB', idleMemory / MEGABYTE, IDLE_BYTES / MEGABYTE),
    below('resident memory at most, MB', peakMemory / MEGABYTE, BURST_BYTES / MEGABYTE),
    below(`processor time in ${idleMs / 1000} idle seconds, ms`, idleCpu, idleMs * IDLE_SHARE),
  ];
}

function every(promise: string, all: readonly Sent[], broken: readonly Sent[]): Finding {
  return {
    promise,
    found: `${all.length - broken.length} of ${all.length}`,
    kept: broken.length === 0,
    examples: broken.map(({ messageId }) => messageId),
  };
}

function none(promise: string, broken: readonly string[]): Finding {
  return { promise, found: String(broken.length), kept: broken.length === 0, examples: broken };
}

function finding(promise: string, found: number, expected: number): Finding {
  return { promise, found: `${found} of ${expected}`, kept: found === expected, examples: [] };
}

function below(what: string, found: number, limit: number): Finding {
  return { promise: `${what}, below ${limit.toFixed(0)}`, found: found.toFixed(0), kept: found < limit, examples: [] };
}

function countBy<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}
