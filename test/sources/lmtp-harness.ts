// A listener for tests over a store in memory: made as the test wants it, stopped behind it, with everybody who called.

import { afterEach } from '@jest/globals';
import type { ListenerConfig } from '../../src/config/schema.ts';
import { type Budget, byteBudget } from '../../src/sources/lmtp/budget.ts';
import type { Place } from '../../src/sources/lmtp/place.ts';
import { recipientsOf } from '../../src/sources/lmtp/recipients.ts';
import { type LmtpDeps, type LmtpSource, lmtpSource } from '../../src/sources/lmtp.ts';
import { until } from '../support/condition.ts';
import { freePort } from '../support/free-port.ts';
import { rememberingLog } from '../support/store.ts';
import { type Mta, mtaAt } from './lmtp-client.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

export const MB = 1024 * 1024;
/** The clock of these tests stands still. */
export const NOW = Date.parse('2026-03-02T10:00:00+03:00');

export interface Wanted extends Partial<Omit<LmtpDeps, 'listener' | 'limits'>> {
  readonly listener?: Partial<ListenerConfig>;
  readonly subaddresses?: boolean;
  readonly letterBytes?: number;
  readonly budgetBytes?: number;
  readonly store?: MemoryStore;
}

export interface Listening {
  readonly source: LmtpSource;
  readonly store: MemoryStore;
  readonly budget: Budget;
  readonly at: Place;
  readonly log: ReturnType<typeof rememberingLog>;
  /** A connection, past the greeting. */
  call(): Promise<Mta & { readonly greeting: string }>;
  /** A connection, past LHLO or EHLO. */
  greeted(): Promise<Mta>;
}

export const DESK = {
  name: 'Desk',
  address: 'support@desk.example',
  aliases: ['help@desk.example', 'помощь@почта.example'],
};

/** Call once a file; gives what makes listeners. */
export function listeners() {
  const sources: LmtpSource[] = [];
  const callers: Mta[] = [];
  afterEach(async () => {
    for (const caller of callers.splice(0)) caller.kill();
    await Promise.all(sources.splice(0).map((source) => source.stop()));
  });

  const made = async (wanted: Wanted = {}): Promise<Listening> => {
    const { letterBytes = 35 * MB, budgetBytes = 64 * MB, store = memoryStore(), subaddresses = false } = wanted;
    const at = wanted.listener?.at ?? { host: '127.0.0.1', port: await freePort() };
    const listener: ListenerConfig = {
      protocol: 'lmtp',
      recipients: [],
      open: false,
      connections: 20,
      ...wanted.listener,
      at,
    };
    const config = { desk: DESK, threading: { subaddresses } } as unknown as Parameters<typeof recipientsOf>[0];
    const budget = byteBudget(budgetBytes);
    const log = rememberingLog();
    const source = lmtpSource({
      recipients: recipientsOf(config, listener),
      keep: store.keep,
      log,
      now: () => NOW,
      ...wanted,
      listener,
      limits: { letterBytes, budget },
    });
    sources.push(source);
    const call = async () => {
      const mta = await mtaAt(at);
      callers.push(mta);
      return mta;
    };
    return {
      source,
      store,
      budget,
      at,
      log,
      call,
      greeted: async () => {
        const mta = await call();
        await mta.agree(`${listener.protocol === 'lmtp' ? 'LHLO' : 'EHLO'} mx.desk.example`);
        return mta;
      },
    };
  };
  return {
    made,
    /** A listener that takes connections. */
    listening: async (wanted?: Wanted): Promise<Listening> => {
      const one = await made(wanted);
      one.source.start();
      await until(() => one.source.status().state === 'listening', 3_000, 'the listener listens');
      return one;
    },
  };
}
