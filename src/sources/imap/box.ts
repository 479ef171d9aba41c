// The folder that is read, opened: its name for the ledger, how it was taken on, and what this process remembers of it
// between passes. Memory only saves work; the ledger is what is true.

import type { Log } from '../../config/log.ts';
import type { Baseline, BoxKey, Ledger } from '../../store/ledger.ts';
import type { Ask } from './connection.ts';
import type { ReadFolder } from './folder.ts';

/** What a source remembers of a folder while it runs, across connections. */
export interface Memory {
  readonly key: BoxKey;
  /** UIDs that the ledger is known to have. */
  settled: Set<number>;
  /** Highest UID seen in a listing. */
  highest: number;
  /** UID to how often its fetch failed. */
  readonly failures: Map<number, number>;
  /** All failed fetches so far. */
  failed: number;
  /** UIDs that wait for the next full pass. */
  readonly waiting: Set<number>;
  /** The server says OK to a move and moves nothing: kept letters are flagged from then on. */
  moveless: boolean;
}

export interface Box {
  readonly ask: Ask;
  readonly key: BoxKey;
  readonly baseline: Baseline;
  readonly memory: Memory;
  readonly readOnly: boolean;
  /** Letters in the folder. */
  readonly letters: number;
}

/**
 * Selects the folder, also when it is selected already: a view that went stale, or another UIDVALIDITY, shows only then.
 * Rejects where the folder does not exist.
 */
export async function openBox(
  ask: Ask,
  mailbox: ReadFolder,
  ledger: Ledger,
  now: number,
  memory: Memory | null,
  log: Log,
): Promise<Box> {
  const selected = await ask((client) =>
    client.mailboxOpen([...mailbox.folder], { readOnly: mailbox.done === 'leave' }),
  );
  const key = { account: mailbox.name, mailbox: selected.path, uidValidity: String(selected.uidValidity) };
  const baseline = ledger.open(key, selected.uidNext, now);
  if (baseline.renumbered && baseline.first)
    log.warn(
      { event: 'renumbered', folder: key.mailbox, uidValidity: key.uidValidity, letters: selected.exists },
      'the server numbers the letters of this mailbox anew: they are read again, known ones are recognised, none is acknowledged',
    );
  const same = memory && sameBox(memory.key, key);
  return {
    ask,
    key,
    baseline,
    memory: same ? memory : newMemory(key),
    readOnly: selected.readOnly === true,
    letters: selected.exists,
  };
}

const newMemory = (key: BoxKey): Memory => ({
  key,
  settled: new Set(),
  highest: 0,
  failures: new Map(),
  failed: 0,
  waiting: new Set(),
  moveless: false,
});

function sameBox(a: BoxKey, b: BoxKey): boolean {
  return a.account === b.account && a.mailbox === b.mailbox && a.uidValidity === b.uidValidity;
}
