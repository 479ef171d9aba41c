// Letters off the server go to the store, and the kept ones to the done folder, while the next are fetched. In: windows of
// letters in their order; out: what came of the window before.

import type { Log } from '../../config/log.ts';
import type { Keep } from '../../ingest.ts';
import type { Delivery } from '../../mail/envelope.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Box } from './box.ts';
import { finishLetters } from './done.ts';
import type { ReadFolder } from './folder.ts';
import type { WarnOnce } from './warn-once.ts';

export interface HandOverDeps {
  readonly mailbox: ReadFolder;
  readonly keep: Keep;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly trouble: WarnOnce;
}

/** Keeps a window and moves its letters while the next one is fetched. */
export interface Behind {
  /** Waits for the window before, says what came of it, and goes on with this one. Rejects where the connection is lost. */
  next(deliveries: readonly Delivery[]): Promise<'well' | 'nothing kept'>;
  /** Waits for the last window. */
  end(): Promise<void>;
  /** Letters that the store could not keep now. */
  later(): number;
}

/** What works behind the fetching of one pass. */
export function keepBehind(box: Box, deps: HandOverDeps): Behind {
  let later = 0;
  let working: Promise<'well' | 'nothing kept'> = Promise.resolve('well');
  const work = async (deliveries: readonly Delivery[]) => {
    const handed = await handOver(box, deliveries, deps);
    later += handed.later;
    await finishLetters(box, handed.accepted, deps.mailbox.done, deps.ledger, deps.trouble);
    return handed.later > 0 && handed.accepted.length === 0 ? 'nothing kept' : 'well';
  };
  return {
    next: async (deliveries) => {
      const before = await working;
      working = work(deliveries);
      // whoever waits for it is told
      working.catch(() => {});
      return before;
    },
    end: async () => {
      await working;
    },
    later: () => later,
  };
}

interface Handed {
  /** UIDs that are ours now. */
  readonly accepted: readonly number[];
  /** How many the store could not keep now. */
  readonly later: number;
}

/** Gives the window to the store in one call. */
async function handOver(
  box: Box,
  deliveries: readonly Delivery[],
  { keep, log, trouble }: HandOverDeps,
): Promise<Handed> {
  if (deliveries.length === 0) return { accepted: [], later: 0 };
  const answers = await keep(deliveries);
  const accepted: number[] = [];
  let later = 0;
  for (const [i, { key }] of deliveries.entries()) {
    const uid = Number(key.slice(key.lastIndexOf(':') + 1));
    const answer = answers[i] ?? { kind: 'tryLater', reason: 'the store said nothing' };
    if (answer.kind === 'accepted') accepted.push(uid);
    else box.memory.waiting.add(uid);
    if (answer.kind === 'refused')
      trouble.warn(`refused:${uid}`, { uid }, `letter ${uid} is refused and stays on the server: ${answer.reason}`);
    if (answer.kind === 'tryLater') later += 1;
    if (answer.kind === 'tryLater')
      log.debug({ event: 'try-later', uid }, `letter ${uid} stays on the server for now: ${answer.reason}`);
  }
  for (const uid of accepted) box.memory.settled.add(uid);
  for (const uid of accepted) box.memory.failures.delete(uid);
  if (later > 0)
    trouble.warn(
      'not-kept',
      { letters: later },
      'letters could not be kept now; they stay on the server and are tried again',
    );
  else if (accepted.length > 0) trouble.over('not-kept');
  return { accepted, later };
}
