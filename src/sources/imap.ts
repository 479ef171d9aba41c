// The IMAP source for one mailbox: connects, takes in what is there, waits in IDLE with a poll beside it, connects again.
// In: a mailbox of the configuration; out: letters to `keep`, and kept ones in the done folder (RFC 9051, 2177, 6851).

import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { createTask, type ScheduledTask } from 'node-cron';
import type { Log } from '../config/log.ts';
import type { MailboxConfig } from '../config/schema.ts';
import type { Keep } from '../ingest.ts';
import { isRefusedLogin } from '../mail/network-error.ts';
import type { Ledger } from '../store/ledger.ts';
import { attemptsAt, reasonOf } from './imap/attempts.ts';
import { createBell } from './imap/bell.ts';
import { type Box, type Memory, openBox } from './imap/box.ts';
import { askOver, connectTo, disconnect, type Login } from './imap/connection.ts';
import type { WindowLimits } from './imap/fetch.ts';
import { ATTEMPTS_A_PASS, PACE, type Pace } from './imap/pace.ts';
import { type PassDeps, type PassKind, pass } from './imap/pass.ts';
import { warnOnce } from './imap/warn-once.ts';

export interface ImapDeps {
  readonly mailbox: MailboxConfig;
  /** Asked before each log-in. `refused` is true when the server did not take what the last call gave. */
  readonly login: (refused: boolean) => Promise<Login>;
  readonly keep: Keep;
  readonly ledger: Ledger;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0 up to 1, for the jitter. */
  readonly random: () => number;
  readonly limits: WindowLimits;
  readonly pace?: Pace;
}

export type ImapState = 'stopped' | 'connecting' | 'taking-in' | 'idle' | 'waiting' | 'login-refused';

export interface ImapStatus {
  readonly mailbox: string;
  readonly state: ImapState;
  /** Letters kept since the start of this source. */
  readonly kept: number;
  /** Letters that wait on the server: refused, or not to be fetched, or not to be kept just now. */
  readonly waiting: number;
  /** End of the last whole pass, epoch milliseconds. */
  readonly lastPassAt: number | null;
  readonly lastError: string | null;
}

export interface ImapSource {
  /** Begins to watch the mailbox. */
  start(): void;
  /** One pass for a source that is not started: connects, takes in what is there, leaves. Never rejects. */
  passOnce(): Promise<{ kept: number; failed: string | null }>;
  /** Ends within five seconds; a letter under way is finished, or stays on the server. */
  stop(): Promise<void>;
  status(): ImapStatus;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

/** Makes the source; nothing is opened before `start` or `passOnce`. */
export function imapSource(deps: ImapDeps): ImapSource {
  const { mailbox, ledger } = deps;
  const pace = deps.pace ?? PACE;
  const log = deps.log.child({ mailbox: mailbox.name });
  const where = `${mailbox.host}:${mailbox.port}`;
  const attempts = attemptsAt(mailbox, log, deps.random, pace);
  const ending = new AbortController();
  const bell = createBell();
  const news = createBell();
  let running: Promise<void> | null = null;
  let client: ImapFlow | null = null;
  let memory: Memory | null = null;
  let polled = false;
  /** When letters that could not be kept are offered again, on the monotonic clock. */
  let againAt = Number.POSITIVE_INFINITY;
  let broken: Error | null = null;
  let state: ImapState = 'stopped';
  let kept = 0;
  let lastPassAt: number | null = null;
  let lastError: string | null = null;

  const keep: Keep = async (deliveries) => {
    const answers = await deps.keep(deliveries);
    kept += answers.filter((answer) => answer.kind === 'accepted').length;
    return answers;
  };
  const passDeps: PassDeps = {
    ...deps,
    keep,
    log,
    trouble: warnOnce(log),
    news,
    stopping: () => ending.signal.aborted,
  };

  const connect = async (refused: boolean): Promise<ImapFlow> => {
    const login = await unlessEnded(deps.login(refused), ending.signal);
    try {
      return await connectTo(mailbox, login, deps.limits.letterBytes, pace, ending.signal);
    } catch (error) {
      // A token may be revoked before it expires: a fresh one is worth one more try at once.
      if (refused || !login.accessToken || !isRefusedLogin(error)) throw error;
      return connect(true);
    }
  };

  const open = async (): Promise<{ connection: ImapFlow; box: Box }> => {
    state = 'connecting';
    broken = null;
    const connection = await connect(attempts.refused());
    client = connection;
    attempts.connected();
    connection.on('exists', () => {
      news.ring();
      bell.ring();
    });
    connection.on('close', bell.ring);
    // Commands under way only learn that the connection is gone; this says why.
    connection.on('error', (error) => {
      broken = error;
    });
    const box = await openBox(askOver(connection, pace), mailbox, ledger, deps.now(), memory);
    log.info({ event: 'connected', folder: box.key.mailbox, letters: box.letters }, `connected to ${where}`);
    return { connection, box };
  };

  const takeIn = async (box: Box, kind: PassKind): Promise<void> => {
    state = 'taking-in';
    memory = box.memory;
    if (kind === 'poll') againAt = Number.POSITIVE_INFINITY;
    const { later } = await pass(box, kind, passDeps);
    if (later > 0) againAt = Math.min(againAt, performance.now() + pace.tryAgain);
    lastPassAt = deps.now();
    lastError = null;
    attempts.passed();
  };

  const watch = async (): Promise<void> => {
    const { connection, box: first } = await open();
    let box = first;
    await takeIn(box, 'all');
    while (!ending.signal.aborted) {
      if (!news.rang()) await idle(connection);
      if (ending.signal.aborted) return;
      if (!connection.usable) throw closed(connection);
      const kind = polled || performance.now() >= againAt ? 'poll' : 'news';
      polled = false;
      if (kind === 'poll') box = await openBox(box.ask, mailbox, ledger, deps.now(), memory);
      await takeIn(box, kind);
    }
  };

  /** Waits in IDLE for news, the poll, the close of the connection, or the time to renew it. */
  const idle = async (connection: ImapFlow): Promise<void> => {
    state = 'idle';
    const idling = new AbortController();
    // imapflow's own IDLE begins only after 15 s of quiet. It ends when the next command is sent.
    connection
      .idle()
      .catch(() => undefined)
      // A server that ended IDLE by itself would leave us deaf until the poll; one that refuses it must not be pressed.
      .then(() => sleep(pace.idleAgain, undefined, { signal: idling.signal }))
      .then(bell.ring, () => undefined);
    await bell.wait(Math.max(0, Math.min(pace.idle, againAt - performance.now())));
    idling.abort();
  };

  const fail = (error: unknown): number => {
    const failure = attempts.failed(broken ?? error);
    state = failure.state;
    lastError = failure.reason;
    return failure.wait;
  };

  const leave = async (): Promise<void> => {
    const leaving = client;
    client = null;
    if (leaving) await disconnect(leaving, pace.stop / 3);
  };

  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      let wait = 0;
      try {
        await watch();
      } catch (error) {
        if (!ending.signal.aborted) wait = fail(error);
      }
      await leave();
      bell.silence();
      await pause(wait);
    }
  };

  /** Only `stop` ends a wait for the next attempt early; a poll that falls due meanwhile adds nothing to it. */
  const pause = async (ms: number): Promise<void> => {
    const end = performance.now() + ms;
    for (let left = ms; !ending.signal.aborted && left > 0; left = end - performance.now()) await bell.wait(left);
  };

  const onePass = async (): Promise<{ kept: number; failed: string | null }> => {
    const before = kept;
    for (let attempt = 1; ; attempt++) {
      const failedFetches = memory?.failed ?? 0;
      try {
        const { box } = await open();
        await takeIn(box, attempt === 1 ? 'poll' : 'all');
        const left = box.memory.waiting.size;
        return {
          kept: kept - before,
          failed: left > 0 ? `${left} letters stay in the mailbox ${mailbox.name} for now` : null,
        };
      } catch (error) {
        lastError = reasonOf(broken ?? error);
        log.warn({ event: 'pass-failed' }, `${where}: ${lastError}`);
        // Where a letter may be what ended the connection, the others are fetched without it.
        if ((memory?.failed ?? 0) === failedFetches || attempt === ATTEMPTS_A_PASS)
          return { kept: kept - before, failed: `${where}: ${lastError}` };
      } finally {
        await leave();
        state = 'stopped';
      }
    }
  };

  let poll: ScheduledTask | null = null;
  return {
    start: () => {
      if (running) return;
      poll = createTask(
        mailbox.poll,
        () => {
          polled = true;
          bell.ring();
        },
        { noOverlap: true, logger: SILENT, suppressMissedWarning: true },
      );
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
      await poll?.destroy();
      // The pass under way ends after its window; a server that does not answer is not waited for.
      const late = setTimeout(() => client?.close(), pace.stop);
      await running;
      clearTimeout(late);
      state = 'stopped';
    },
    status: () => ({ mailbox: mailbox.name, state, kept, waiting: memory?.waiting.size ?? 0, lastPassAt, lastError }),
  };
}

/** With the server's farewell (BYE, RFC 9051 §7.1.5) where it said one. */
function closed(connection: ImapFlow): Error {
  return Object.assign(new Error('Unexpected close'), { code: 'EConnectionClosed', response: connection.byeReason });
}

/** A token endpoint that hangs must not hold up the end. */
function unlessEnded<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
