// One connection to one mailbox, from the log-in to the good-bye: in: what the source knows; out: passes over its folder and
// the wait between them, in IDLE (RFC 2177).

import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { isRefusedLogin } from '../../mail/network-error.ts';
import type { Bell } from './bell.ts';
import { type Box, type Memory, openBox } from './box.ts';
import { askOver, connectTo, disconnect, type Login } from './connection.ts';
import type { Pace } from './pace.ts';
import { type PassDeps, type PassKind, type PassResult, pass } from './pass.ts';

export interface SessionDeps extends PassDeps {
  /** Asked before each log-in. `refused` is true when the server did not take what the last call gave. */
  readonly login: (refused: boolean) => Promise<Login>;
  readonly pace: Pace;
  /** Rings for whatever should end the wait in IDLE. */
  readonly bell: Bell;
  /** Ends everything early. */
  readonly signal: AbortSignal;
}

export interface Session {
  /** Letters in the folder when it was opened. */
  readonly letters: number;
  /** Whether the connection stands. */
  usable(): boolean;
  /** What broke the connection, as far as anybody said. */
  cause(): Error;
  /** What is remembered of the folder. */
  memory(): Memory;
  takeIn(kind: PassKind): Promise<PassResult>;
  /** Waits in IDLE until the bell rings, at most `ms`. */
  idle(ms: number): Promise<void>;
  leave(): Promise<void>;
  /** Closes at once what is under way. */
  close(): void;
}

/** Logs in and opens the folder. `refused` as in `login`; `memory` is what an earlier session remembered. */
export async function openSession(deps: SessionDeps, refused: boolean, memory: Memory | null): Promise<Session> {
  const { mailbox, ledger, pace, bell, news } = deps;
  const client = await logIn(deps, refused);
  let broken: Error | null = null;
  client.on('exists', () => {
    news.ring();
    bell.ring();
  });
  client.on('close', bell.ring);
  // Commands under way only learn that the connection is gone; this says why.
  client.on('error', (error) => {
    broken = error;
  });
  const ask = askOver(client, pace);
  const open = (remembered: Memory | null) => openBox(ask, mailbox, ledger, deps.now(), remembered, deps.log);
  let box: Box;
  const giveUp = () => client.close();
  deps.signal.addEventListener('abort', giveUp, { once: true });
  try {
    deps.signal.throwIfAborted();
    box = await open(memory);
  } catch (error) {
    await disconnect(client, pace.goodbye);
    throw broken ?? error;
  } finally {
    deps.signal.removeEventListener('abort', giveUp);
  }
  let fresh = true;
  return {
    letters: box.letters,
    usable: () => client.usable,
    cause: () => broken ?? farewell(client),
    memory: () => box.memory,
    takeIn: async (kind) => {
      // Selecting the folder anew rings by itself.
      const told = news.rang();
      // A poll does so, for a view of it may have gone stale.
      try {
        if (kind === 'poll' && !fresh) box = await open(box.memory);
        fresh = false;
        return await pass(box, kind, told, deps);
      } catch (error) {
        throw broken ?? error;
      }
    },
    idle: (ms) => idle(client, bell, ms, pace),
    leave: () => disconnect(client, pace.goodbye),
    close: () => client.close(),
  };
}

async function logIn(deps: SessionDeps, refused: boolean): Promise<ImapFlow> {
  const { mailbox, limits, pace, signal } = deps;
  const login = await unlessEnded(deps.login(refused), signal);
  try {
    return await connectTo(mailbox, login, limits.letterBytes, pace, signal);
  } catch (error) {
    // A token may be revoked before it expires: a fresh one is worth one more try at once.
    if (refused || !login.accessToken || !isRefusedLogin(error)) throw error;
    return logIn(deps, true);
  }
}

async function idle(client: ImapFlow, bell: Bell, ms: number, pace: Pace): Promise<void> {
  const waiting = new AbortController();
  // imapflow's own IDLE begins only after 15 s of quiet. It ends when the next command is sent.
  client
    .idle()
    .catch(() => undefined)
    // A server that ended IDLE by itself would leave us deaf until the poll; one that refuses it must not be pressed.
    .then(() => sleep(pace.idleAgain, undefined, { signal: waiting.signal }))
    .then(bell.ring, () => undefined);
  await bell.wait(Math.min(ms, pace.idle));
  waiting.abort();
}

/** With the server's last words (BYE, RFC 9051 §7.1.5) where it said some. */
function farewell(client: ImapFlow): Error {
  return Object.assign(new Error('Unexpected close'), { code: 'EConnectionClosed', response: client.byeReason });
}

/** A token endpoint that hangs must not hold up the end. */
async function unlessEnded<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
