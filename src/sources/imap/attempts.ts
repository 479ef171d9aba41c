// What follows a failed connection: in: the error; out: how long to wait, and one line for the admin that says which server,
// what happened, and what is done next. A refused log-in is one alarm until it is let in again.

import type { Log } from '../../config/log.ts';
import type { MailboxConfig } from '../../config/schema.ts';
import { toldOnce } from '../../config/told-once.ts';
import { explainNetworkError, isRefusedLogin } from '../../mail/network-error.ts';
import { tokenTrouble } from '../oauth.ts';
import type { Pace } from './pace.ts';

export interface Failure {
  readonly state: 'waiting' | 'login-refused';
  readonly reason: string;
  /** Milliseconds until the next attempt. */
  readonly wait: number;
}

export interface Attempts {
  failed(error: unknown): Failure;
  /** The server let us in. */
  connected(): void;
  /** A pass went through; only this shortens the next wait, for a server may fail right behind the log-in. */
  passed(): void;
  /** Whether the last log-in was refused. */
  refused(): boolean;
}

/** One sentence for people about a failed connection or log-in. */
export function reasonOf(error: unknown): string {
  return tokenTrouble(error)?.reason ?? explainNetworkError(error);
}

/** The attempts on one mailbox, for as long as its source lives. `random` gives 0 up to 1. */
export function attemptsAt(
  mailbox: Pick<MailboxConfig, 'host' | 'port' | 'user'>,
  log: Log,
  random: () => number,
  pace: Pace,
): Attempts {
  const where = `${mailbox.host}:${mailbox.port}`;
  const fields = { host: mailbox.host, user: mailbox.user };
  let failures = 0;
  let refused = false;

  const minutes = Math.round(pace.refusedLogin / 60_000);
  const noEntry = `${where} does not let ${mailbox.user} in; tried again every ${minutes} minutes`;
  const noToken = `no token for ${mailbox.user} is to be had: somebody must consent anew; tried again every ${minutes} minutes`;
  const login = toldOnce(log, 'auth-failed', noEntry, `${where} lets ${mailbox.user} in again`);
  const consent = toldOnce(log, 'consent', noToken, `there are tokens for ${mailbox.user} again`);

  const loginRefused = (reason: string, expired: boolean): Failure => {
    (expired ? consent : login).wrong(reason, fields);
    refused = true;
    return { state: 'login-refused', reason, wait: pace.refusedLogin };
  };

  return {
    failed: (error) => {
      const reason = reasonOf(error);
      const expired = tokenTrouble(error)?.refused === true;
      if (expired || isRefusedLogin(error)) return loginRefused(reason, expired);
      const wait = Math.min(pace.backoff * 2 ** failures, pace.backoffMost) * (0.75 + random() / 2);
      failures += 1;
      const line = `${where}: ${reason}; tried again in ${(wait / 1000).toFixed(1)} s`;
      log.warn({ event: 'disconnected', ...fields }, line);
      return { state: 'waiting', reason, wait };
    },
    connected: () => {
      refused = false;
      login.well();
      consent.well();
    },
    passed: () => {
      failures = 0;
    },
    refused: () => refused,
  };
}
