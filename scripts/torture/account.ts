// The checker: what was put in goes in, and what the store, the mailbox and the SMTP server hold afterwards; out: one finding
// a promise. Pure. It knows nothing of how the letters were tortured, but how many unknowable moments there can have been.

import type { Counts, Missing } from '../../src/store/conservation.ts';
import type { Kind, Sent } from './letters.ts';

export interface KeptLetter {
  readonly messageId: string | null;
  /** Of the bytes as stored. */
  readonly sha256: string;
  /** Null where the letter is still in work. */
  readonly disposition: string | null;
  readonly ticket: number | null;
  /** Why no acknowledgement went out. */
  readonly silence: string | null;
}

/** What may be, at most, because of what was done to the desk. */
export interface Allowed {
  /** Acknowledgements under way when something broke. */
  readonly unknown: number;
  /** Letters that the SMTP server refused for good. */
  readonly failed: number;
  /** Letters that a server which numbered its mailbox anew gave a second time. */
  readonly again: number;
  /** Letters that an IMAP server, killed in the middle of a move, left in both folders. */
  readonly copies: number;
}

export interface Evidence {
  readonly sent: readonly Sent[];
  readonly kept: readonly KeptLetter[];
  readonly counts: Counts;
  readonly missing: Missing;
  /** Message-IDs of letters whose acknowledgement ended so. */
  readonly unknown: readonly string[];
  readonly failed: readonly string[];
  /** In-Reply-To of every acknowledgement that the SMTP server accepted. */
  readonly acknowledged: readonly string[];
  readonly allowed: Allowed;
  /** Ends of the daemon that nobody brought about, and ends that took too long. */
  readonly strangeEnds: readonly string[];
  /** Resident memory of any process of the daemon at its highest, bytes. */
  readonly peakMemory: number;
  /** A daemon that was started and left alone; null where nobody waited for that. */
  readonly rest: {
    readonly idleMemory: number;
    /** Milliseconds of processor time used while nothing came for `idleMs`. */
    readonly idleCpu: number;
    readonly idleMs: number;
  } | null;
  readonly inbox: number;
  readonly done: number;
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
/** Of one processor; timers that look every two seconds need a tenth of it. */
const IDLE_SHARE = 0.03;

const BECOMES: Readonly<Record<Kind, string>> = {
  opens: 'opened',
  gone: 'opened',
  replies: 'appended',
  automatic: 'automatic',
  repeats: 'opened',
};

/** Holds a desk to its promises. */
export function account(evidence: Evidence): readonly Finding[] {
  return [
    ...accountLetters(evidence),
    ...accountTickets(evidence),
    ...accountAnswers(evidence),
    ...accountMachine(evidence),
  ];
}

function accountLetters({ sent, kept, allowed, counts, missing, inbox, done }: Evidence): readonly Finding[] {
  const stored = countBy(kept, ({ sha256 }) => sha256);
  const written = new Set(sent.map(({ sha256 }) => sha256));
  const certain = sent.filter(({ kind }) => kind !== 'gone');
  const byMail = certain.filter(({ way }) => way === 'imap');
  const lost = certain.filter(({ sha256 }) => !stored.has(sha256));
  const strange = kept.filter(({ sha256 }) => !written.has(sha256));
  const again = sent.reduce((sum, { sha256 }) => sum + Math.max(0, (stored.get(sha256) ?? 1) - 1), 0);
  const { passedOver, notInSpool, rowsWithoutLetter } = missing;
  const gaps = Math.abs(counts.gap) + passedOver.length + notInSpool.length + rowsWithoutLetter.length;
  return [
    none('lost: letters that are not kept byte for byte', ids(lost)),
    none('kept, and sent by nobody', ids(strange)),
    atMost('handed over again by a renumbered mailbox', again, allowed.again),
    none('still in work', ids(kept.filter(({ disposition }) => disposition === null))),
    exactly(
      `dispositions (${sumOf(counts)}) are all letters handed over`,
      sumOfDispositions(counts),
      counts.handedOver,
    ),
    exactly('gaps between mailbox, ledger, spool and desk', gaps, 0),
    exactly('letters left in INBOX', inbox, 0),
    {
      promise: 'the done folder holds every letter of the mailbox',
      found: `${done} of ${byMail.length}`,
      kept: done >= byMail.length && done <= byMail.length + sent.length - certain.length + allowed.copies,
      examples: [],
    },
  ];
}

const sumOfDispositions = ({ dispositions }: Counts) => Object.values(dispositions).reduce((sum, n) => sum + n, 0);
const sumOf = ({ dispositions }: Counts) =>
  Object.entries(dispositions)
    .map(([what, n]) => `${what} ${n}`)
    .join(' + ');

function accountTickets({ sent, kept }: Evidence): readonly Finding[] {
  const rows = Map.groupBy(
    kept.filter(({ disposition }) => disposition !== null && disposition !== 'duplicate'),
    ({ messageId }) => messageId,
  );
  const rowOf = (messageId: string) => rows.get(messageId)?.[0];
  const doubled = [...rows].filter(([, some]) => some.length > 1).map(([messageId]) => String(messageId));
  const strayed = sent.filter(({ kind, messageId }) => {
    const row = rowOf(messageId);
    return row ? row.disposition !== BECOMES[kind] : kind !== 'gone';
  });
  const openers = sent.filter(({ kind, messageId }) => kind === 'opens' && rowOf(messageId));
  const tickets = new Set(openers.map(({ messageId }) => rowOf(messageId)?.ticket));
  const misplaced = sent
    .filter(({ kind }) => kind === 'replies')
    .filter(({ messageId, opener }) => rowOf(messageId)?.ticket !== rowOf(opener)?.ticket);
  return [
    none('doubled: letters with more than one entry', doubled),
    none('letters that became something else than they are', ids(strayed)),
    exactly('every opening letter has a ticket of its own', tickets.size, openers.length),
    none('replies outside their ticket', ids(misplaced)),
  ];
}

function accountAnswers({ sent, kept, acknowledged, unknown, failed, allowed }: Evidence): readonly Finding[] {
  // what gathers numbers at the end of an hour answers no letter of its own
  const answers = countBy(
    acknowledged.filter((messageId) => messageId !== ''),
    (messageId) => messageId,
  );
  const excused = new Set([
    ...unknown,
    ...failed,
    ...kept.filter(({ silence }) => silence === 'the mailbox was renumbered').map(({ messageId }) => messageId),
  ]);
  const silences = new Map(kept.map(({ messageId, silence }) => [messageId, silence]));
  const due = sent.filter(({ kind }) => kind === 'opens' || kind === 'replies');
  const entitled = new Set(sent.filter(({ kind }) => kind !== 'automatic').map(({ messageId }) => messageId));
  const missing = due.filter(({ messageId }) => !answers.has(messageId) && !excused.has(messageId));
  return [
    none(
      'acknowledgements over one',
      [...answers].filter(([, times]) => times > 1).map(([messageId]) => messageId),
    ),
    none(
      'acknowledgements that are neither there nor listed with a reason',
      missing.map(({ messageId }) => `${messageId} (${silences.get(messageId) ?? 'no reason'})`),
    ),
    none(
      'acknowledged, and not entitled to it',
      [...answers.keys()].filter((messageId) => !entitled.has(messageId)),
    ),
    atMost('unknown outcomes', unknown.length, allowed.unknown, unknown),
    atMost('refused for good by the SMTP server', failed.length, allowed.failed, failed),
  ];
}

function accountMachine({ strangeEnds, peakMemory, rest }: Evidence): readonly Finding[] {
  const megabytes = (bytes: number) => Math.ceil(bytes / MEGABYTE);
  return [
    none('ends of the daemon that nobody brought about, or that took too long', strangeEnds),
    atMost('resident memory at its highest, MB', megabytes(peakMemory), megabytes(BURST_BYTES)),
    ...(rest
      ? [
          atMost('resident memory when idle, MB', megabytes(rest.idleMemory), megabytes(IDLE_BYTES)),
          atMost(`processor time in ${rest.idleMs / 1000} idle s, ms`, rest.idleCpu, rest.idleMs * IDLE_SHARE),
        ]
      : []),
  ];
}

const ids = (list: readonly { readonly messageId: string | null }[]) => list.map(({ messageId }) => String(messageId));

function none(promise: string, broken: readonly string[]): Finding {
  return { promise, found: String(broken.length), kept: broken.length === 0, examples: broken };
}

function exactly(promise: string, found: number, expected: number): Finding {
  return { promise, found: `${found} of ${expected}`, kept: found === expected, examples: [] };
}

function atMost(promise: string, found: number, most: number, examples: readonly string[] = []): Finding {
  return { promise: `${promise} (at most ${most})`, found: String(found), kept: found <= most, examples };
}

function countBy<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

/** The outcome in one line. */
export function summary(evidence: Evidence): string {
  const found = new Map(account(evidence).map((one) => [one.promise, one]));
  const of = (begin: string) => [...found].find(([promise]) => promise.startsWith(begin))?.[1].found ?? '?';
  const { counts, unknown, sent } = evidence;
  const sum = sumOfDispositions(counts) === counts.handedOver ? 'equal' : 'NOT equal';
  return [
    `letters in ${sent.length}`,
    `lost ${of('lost')}`,
    `doubled ${of('doubled')}`,
    `acknowledgements over one ${of('acknowledgements over one')}`,
    `dispositions sum ${sum} (${sumOf(counts)} = ${counts.handedOver})`,
    `unknown outcomes ${unknown.length}`,
  ].join(', ');
}
