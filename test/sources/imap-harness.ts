// What the tests of the IMAP source share: one Dovecot a file, a fresh user a test, and nothing left open after it.

import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { MailboxConfig } from '../../src/config/schema.ts';
import { PACE, type Pace } from '../../src/sources/imap/pace.ts';
import type { ImapDeps } from '../../src/sources/imap.ts';
import { until } from '../support/condition.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startWire, type Wire } from '../support/wire.ts';
import { type Desk, desk, mailboxAt } from './desk-mailbox.ts';
import type { MemoryStore } from './memory-store.ts';

export const QUICK: Pace = { ...PACE, backoff: 20, backoffMost: 100, refusedLogin: 40 };

export interface Harness {
  readonly dovecot: Dovecot;
  /** The user of this test, whose mailbox nobody has opened yet. */
  readonly user: string;
  /** A source for that user's mailbox, not started. */
  made(mailbox?: Partial<MailboxConfig>, changes?: Partial<ImapDeps>, store?: MemoryStore): Desk;
  /** The same, started, and waiting for mail. */
  watching(mailbox?: Partial<MailboxConfig>, changes?: Partial<ImapDeps>, store?: MemoryStore): Promise<Desk>;
  proxied(): Promise<Wire>;
  /** Waits until the done folder holds so many letters. */
  inDone(letters: number): Promise<unknown>;
}

/** Registers the hooks; what it answers may be used inside tests only. */
export function harness(): Harness {
  let dovecot: Dovecot | null = null;
  let count = 0;
  const open: Desk[] = [];
  const proxies: Wire[] = [];
  const user = () => `desk${count}`;

  beforeAll(async () => {
    const users = Array.from({ length: 40 }, (_, i) => [`desk${i}`, 'secret']);
    dovecot = await startDovecot({ users: Object.fromEntries(users) });
  });
  afterAll(() => dovecot?.stop());
  beforeEach(() => {
    count += 1;
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ source }) => source.stop()));
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  });

  const made: Harness['made'] = (mailbox = {}, changes = {}, store) => {
    const one = desk(mailboxAt(dovecot!.port, { user: user(), ...mailbox }), changes, store);
    open.push(one);
    return one;
  };
  return {
    get dovecot() {
      return dovecot!;
    },
    get user() {
      return user();
    },
    made,
    watching: async (mailbox, changes, store) => {
      const one = made(mailbox, changes, store);
      one.source.start();
      await until(() => one.source.status().state === 'idle', 5000, 'the source idles');
      return one;
    },
    proxied: async () => {
      const proxy = await startWire(dovecot!.port, 'imap');
      proxies.push(proxy);
      return proxy;
    },
    inDone: (letters) =>
      until(
        async () => (await dovecot!.count(user(), 'Kvitok.Done')) === letters,
        3000,
        `${letters} letters are in the done folder`,
      ),
  };
}
