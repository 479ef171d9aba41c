// A mail server of the desk's side that hands letters over by LMTP, and keeps each until it heard a 250, as every MTA does:
// however often kvitok dies meanwhile.

import { setTimeout as wait } from 'node:timers/promises';
import { mtaAt } from '../../test/sources/lmtp-client.ts';

export interface Mta {
  /** Takes a letter for the desk. */
  hand(raw: Uint8Array, from: string): void;
  /** Letters that no 250 was heard for yet. */
  queued(): number;
  stop(): Promise<void>;
}

const AGAIN_MS = 100;

/** A mail server for the listener at that port. */
export function mtaOf(port: number): Mta {
  const queue: { readonly raw: Uint8Array; readonly from: string }[] = [];
  let stopped = false;
  let running: Promise<void> | null = null;
  const begin = () => {
    running ??= run().finally(() => {
      running = null;
      if (queue.length > 0 && !stopped) begin();
    });
  };
  const run = async () => {
    while (!stopped) {
      const next = queue[0];
      if (!next) return;
      if (await isTaken(port, next)) queue.shift();
      else await wait(AGAIN_MS);
    }
  };
  return {
    hand: (raw, from) => {
      queue.push({ raw, from });
      begin();
    },
    queued: () => queue.length,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Whether one attempt ended with 250. */
async function isTaken(port: number, { raw, from }: { raw: Uint8Array; from: string }): Promise<boolean> {
  const mta = await mtaAt({ host: '127.0.0.1', port });
  try {
    await mta.agree('LHLO mx.desk.example', `MAIL FROM:<${from}>`, 'RCPT TO:<support@desk.example>');
    return (await mta.data(raw)).startsWith('250');
  } catch {
    return false;
  } finally {
    mta.kill();
  }
}
