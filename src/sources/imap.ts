// The IMAP source for one mailbox: connects, takes in what is there, waits in IDLE with a poll beside it, connects again.
// In: a mailbox of the configuration; out: letters to `keep`, and kept ones in the done folder (RFC 9051, 2177, 6851).

import type { Log } from '../config/log.ts';
import { toldOnce } from '../config/told-once.ts';
import type { Keep } from '../ingest.ts';
import { attemptsAt, reasonOf } from './imap/attempts.ts';
import type { MailboxBalance } from './imap/balance.ts';
import { createBell } from './imap/bell.ts';
import type { Memory } from './imap/box.ts';
import { sourceOf } from './imap/folder.ts';
import { ATTEMPTS_A_PASS, FAILURES_BEFORE_WAITING, PACE, type Pace, UNTOLD_LOOKS } from './imap/pace.ts';
import type { PassKind } from './imap/pass.ts';
import { type Poll, pollAt } from './imap/poll.ts';
import { openSession, type Session, type SessionDeps } from './imap/session.ts';
import { uidSet } from './imap/uids.ts';
import { warnOnce } from './imap/warn-once.ts';

export interface ImapDeps extends Pick<SessionDeps, 'mailbox' | 'login' | 'keep' | 'ledger' | 'limits' | 'fault'> {
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0 up to 1, for the jitter. */
  readonly random: () => number;
  readonly pace?: Pace;
  /** Called behind each pass. */
  readonly onPass?: () => void;
}

export type ImapState = 'stopped' | 'connecting' | 'taking-in' | 'idle' | 'waiting' | 'login-refused';

export interface ImapStatus {
  readonly mailbox: string;
  readonly state: ImapState;
  /** Letters kept since this source was made. */
  readonly kept: number;
  /** Letters that stay on the server for now: refused, or not to be fetched, or not to be kept. */
  readonly waiting: number;
  /** End of the last whole pass, epoch milliseconds. */
  readonly lastPassAt: number | null;
  readonly lastError: string | null;
  /** The mailbox compared with the ledger, at the end of the last pass that looked at every letter; null before it. */
  readonly balance: MailboxBalance | null;
}

export interface OnePass {
  readonly kept: number;
  /** What went wrong, one line, or null. */
  readonly failed: string | null;
}

export interface ImapSource {
  /** Begins to watch the mailbox. */
  start(): void;
  /** One pass for a source that is not started: connects, takes in what is there, leaves. Never rejects. */
  passOnce(): Promise<OnePass>;
  /** Ends within five seconds; a letter under way is finished, or stays on the server. */
  stop(): Promise<void>;
  status(): ImapStatus;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Makes the source; nothing is opened before `start` or `passOnce`. */
export function imapSource(deps: ImapDeps): ImapSource {
  const { mailbox } = deps;
  const pace = deps.pace ?? PACE;
  const name = mailbox.holds === undefined ? mailbox.name : sourceOf(mailbox);
  const log = deps.log.child({ mailbox: name });
  const where = `${mailbox.host}:${mailbox.port}`;
  const attempts = attemptsAt(mailbox, log, deps.random, pace);
  const gaps = toldOnce(
    log,
    'ledger-gap',
    'letters lie in the mailbox that nobody took note of; they are taken in now, look into kvitok check --ledger',
    'every letter of the mailbox has its row in the ledger again',
  );
  const deafness = toldOnce(
    log,
    'deaf',
    'letters are found that the server did not tell of in IDLE: they come minutes late',
    'the server tells of new letters again',
  );
  const unfetched = toldOnce(
    log,
    'unfetched',
    'letters lie in the mailbox that the server does not give: they are tried again at each poll',
    'the server gives every letter of the mailbox again',
  );
  const ending = new AbortController();
  const bell = createBell();
  const news = createBell();

  let running: Promise<void> | null = null;
  let poll: Poll | null = null;
  let session: Session | null = null;
  let memory: Memory | null = null;
  let polled = false;
  /** When letters that could not be kept are offered again, on the monotonic clock. */
  let againAt = NEVER;
  let state: ImapState = 'stopped';
  let kept = 0;
  let lastPassAt: number | null = null;
  let lastError: string | null = null;
  let balance: MailboxBalance | null = null;
  let untold = 0;

  const keep: Keep = async (deliveries) => {
    const answers = await deps.keep(deliveries);
    kept += answers.filter((answer) => answer.kind === 'accepted').length;
    return answers;
  };
  const { signal } = ending;
  const stopping = () => signal.aborted;
  const sessionDeps: SessionDeps = { ...deps, keep, log, pace, bell, news, signal, stopping, trouble: warnOnce(log) };

  const open = async (): Promise<Session> => {
    state = 'connecting';
    session = await openSession(sessionDeps, attempts.refused(), memory);
    attempts.connected();
    log.info({ event: 'connected', folder: mailbox.folder, letters: session.letters }, `connected to ${where}`);
    return session;
  };

  const weigh = (found: MailboxBalance): void => {
    balance = found;
    if (found.gap.length === 0) gaps.well();
    else gaps.wrong(`UIDs ${uidSet(found.gap)} of ${mailbox.folder.join(' › ')}`, { letters: found.gap.length });
  };

  /** What one look found untold may have come in between two IDLEs; what the next one finds did not. */
  const listen = (heard: boolean, unannounced: number): void => {
    if (heard) untold = 0;
    else if (unannounced > 0) untold += 1;
    if (untold === 0) deafness.well();
    if (untold >= UNTOLD_LOOKS) deafness.wrong('more than once in a row');
  };

  const takeIn = async (from: Session, kind: PassKind): Promise<void> => {
    state = 'taking-in';
    const [told, before] = [news.rang(), kept];
    if (kind === 'poll') againAt = NEVER;
    try {
      const { later, ...looked } = await from.takeIn(kind);
      if (looked.balance) weigh(looked.balance);
      listen(told && kept > before, looked.unannounced);
      if (later > 0) againAt = Math.min(againAt, performance.now() + pace.tryAgain);
    } finally {
      memory = from.memory();
    }
    const stuck = [...from.memory().failures].filter(([, times]) => times >= FAILURES_BEFORE_WAITING);
    if (stuck.length === 0) unfetched.well();
    else unfetched.wrong(`UIDs ${uidSet(stuck.map(([uid]) => uid))}`, { letters: stuck.length });
    lastPassAt = deps.now();
    lastError = null;
    attempts.passed();
    deps.onPass?.();
  };

  const watch = async (): Promise<void> => {
    const current = await open();
    await takeIn(current, 'all');
    while (!stopping()) {
      state = 'idle';
      if (!news.rang()) await current.idle(Math.max(0, againAt - performance.now()));
      if (stopping()) return;
      if (!current.usable()) throw current.cause();
      const kind = polled || performance.now() >= againAt ? 'poll' : 'news';
      polled = false;
      await takeIn(current, kind);
    }
  };

  const leave = async (): Promise<void> => {
    const leaving = session;
    session = null;
    await leaving?.leave();
  };

  const run = async (): Promise<void> => {
    while (!stopping()) {
      let wait = 0;
      try {
        await watch();
      } catch (error) {
        if (!stopping()) {
          const failure = attempts.failed(error);
          state = failure.state;
          lastError = failure.reason;
          wait = failure.wait;
        }
      }
      await leave();
      await pause(wait);
    }
  };

  /** Only the end cuts a wait for the next attempt short; a poll that falls due meanwhile adds nothing to it. */
  const pause = async (ms: number): Promise<void> => {
    const end = performance.now() + ms;
    for (let left = ms; !stopping() && left > 0; left = end - performance.now()) await bell.wait(left);
  };

  const onePass = async (): Promise<OnePass> => {
    const before = kept;
    for (let attempt = 1; ; attempt++) {
      const failedFetches = memory?.failed ?? 0;
      try {
        await takeIn(await open(), attempt === 1 ? 'poll' : 'all');
        const left = memory?.waiting.size ?? 0;
        const failed = left > 0 ? `letters that stay in the mailbox ${name} for now: ${left}` : null;
        return { kept: kept - before, failed };
      } catch (error) {
        lastError = reasonOf(error);
        log.warn({ event: 'pass-failed' }, `${where}: ${lastError}`);
        // Where a letter may be what ended the connection, the others are fetched without it.
        const again = (memory?.failed ?? 0) > failedFetches && attempt < ATTEMPTS_A_PASS && !stopping();
        if (!again) return { kept: kept - before, failed: `${where}: ${lastError}` };
      } finally {
        await leave();
        state = 'stopped';
      }
    }
  };

  return {
    start: () => {
      if (running) return;
      const due = () => {
        polled = true;
        bell.ring();
      };
      poll = pollAt(mailbox.poll, due);
      poll.start();
      running = run();
    },
    passOnce: () => {
      const once = onePass();
      running = once.then(() => {
        running = null;
      });
      return once;
    },
    stop: async () => {
      ending.abort();
      bell.ring();
      await poll?.stop();
      // The pass under way ends after its window; a server that does not answer is not waited for.
      const late = setTimeout(() => session?.close(), pace.stop);
      await running;
      clearTimeout(late);
      state = 'stopped';
    },
    status: () => ({
      mailbox: name,
      state,
      kept,
      waiting: memory?.waiting.size ?? 0,
      lastPassAt,
      lastError,
      balance,
    }),
  };
}
