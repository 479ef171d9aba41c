// Whether kvitok does its work, in one answer for machines. It names no person and no letter.

import type { Cause, Trouble } from '../alarms/causes.ts';

export interface Health {
  /** `standstill`: start it again. Troubles alone do not make it unwell: a restart mends no full disk. */
  readonly status: 'ok' | 'standstill';
  readonly mailboxes: readonly {
    readonly mailbox: string;
    readonly state: string;
    readonly pollAgeSeconds: number | null;
  }[];
  readonly troubles: readonly { readonly cause: Cause; readonly subject: string; readonly since: string }[];
}

export interface HealthSources {
  readonly now: number;
  /** Whether letters are worked on. */
  readonly alive: boolean;
  readonly mailboxes: readonly {
    readonly mailbox: string;
    readonly state: string;
    readonly lastPassAt: number | null;
  }[];
  readonly troubles: readonly Trouble[];
}

/** The answer. */
export function healthOf({ now, alive, mailboxes, troubles }: HealthSources): Health {
  return {
    status: alive ? 'ok' : 'standstill',
    mailboxes: mailboxes.map(({ mailbox, state, lastPassAt }) => ({
      mailbox,
      state,
      pollAgeSeconds: lastPassAt === null ? null : Math.max(0, Math.round((now - lastPassAt) / 1000)),
    })),
    troubles: troubles.map(({ cause, subject, since }) => ({ cause, subject, since: new Date(since).toISOString() })),
  };
}
