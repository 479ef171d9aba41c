// The worker thread that writes the spool: waits for the disk there, while others fetch and read letters. In: the path of
// the spool at the start, then errands; out: an answer for each. All that has come meanwhile goes into one commit.

import fs from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { faultOf } from '../config/fault.ts';
import type { Delivery } from '../mail/envelope.ts';
import type { BoxKey } from './ledger.ts';
import { type Kept, openSpool } from './spool.ts';

export interface KeeperData {
  readonly path: string;
  /** Faults that a test ordered. */
  readonly faults: string | undefined;
}

export type Errand = { readonly id: number } & (
  | { readonly kind: 'keep'; readonly deliveries: readonly Delivery[]; readonly now: number }
  | { readonly kind: 'finish'; readonly box: BoxKey; readonly uids: readonly number[] }
  | { readonly kind: 'close' }
);

/** A letter that was kept, with its bytes, which were away with this thread. */
export interface KeptWithBytes extends Kept {
  readonly raw: Uint8Array;
}

export interface Answer {
  readonly id: number;
  readonly kept?: readonly KeptWithBytes[];
  readonly error?: { readonly message: string; readonly code: string | undefined };
}

const { path, faults } = workerData as KeeperData;
const spool = openSpool(
  path,
  // past the stream of this thread, which a killed process would take with it
  faultOf(faults, (line) => fs.writeSync(2, `${line}\n`)),
);

function done(errand: Errand): Answer {
  const { id } = errand;
  switch (errand.kind) {
    case 'keep':
      return {
        id,
        kept: spool.keep(errand.deliveries, errand.now).map((kept, i) => ({ ...kept, raw: errand.deliveries[i]!.raw })),
      };
    case 'finish':
      spool.ledger.finish(errand.box, errand.uids);
      return { id };
    case 'close':
      return { id };
    default:
      return errand satisfies never;
  }
}

/** What one does alone, and what it says where it can't be done. */
function alone(errand: Errand): Answer {
  try {
    return done(errand);
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string };
    return { id: errand.id, error: { message, code } };
  }
}

/** One commit for all; where one of them spoils it, each gets its own. */
function together(errands: readonly Errand[]): readonly Answer[] {
  if (errands.length === 1) return errands.map(alone);
  try {
    return spool.together(() => errands.map(done));
  } catch {
    return errands.map(alone);
  }
}

parentPort?.on('message', (first: Errand) => {
  const errands = [first];
  for (let next = receiveMessageOnPort(parentPort!); next; next = receiveMessageOnPort(parentPort!)) {
    errands.push(next.message as Errand);
  }
  for (const answer of together(errands)) {
    const given = (answer.kept ?? []).map(({ raw }) => raw.buffer as ArrayBuffer);
    parentPort?.postMessage(answer, given);
  }
  if (!errands.some(({ kind }) => kind === 'close')) return;
  spool.close();
  parentPort?.close();
});
