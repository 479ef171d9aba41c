// Letters that were read are dealt with, many in one commit, each with its own outcome: one that fails takes nothing of the
// others with it, is tried again later, and set aside after three attempts.

import { CompiledQuery, type Kysely } from 'kysely';
import type { Fault } from '../config/fault.ts';
import { errorWords } from '../mail/error-words.ts';
import { type ClaimedLetter, closeLetter, MAX_ATTEMPTS, postponeLetter } from '../store/letters.ts';
import type { Tables } from '../store/schema.ts';
import { isTrouble } from '../store/trouble.ts';
import { type DealDeps, type Dealt, deal } from './deal.ts';
import type { ReadLetter } from './reader.ts';
import { tally } from './tally.ts';

/** A claimed letter with what was read of it, or why nothing was. */
export type Prepared =
  | ({ readonly spooled: ClaimedLetter } & ReadLetter)
  | { readonly spooled: ClaimedLetter; readonly failure: string };

export interface CommitDeps extends DealDeps {
  readonly db: Kysely<Tables>;
  /** Called after a commit that wrote outbox rows. */
  readonly onQueued: () => void;
  readonly fault?: Fault | undefined;
}

type Dealing = Dealt | { readonly failure: string };

/** One commit for a batch. Throws where the database does; then nothing of it was written. */
export async function dealWith(deps: CommitDeps, batch: readonly Prepared[]): Promise<void> {
  // savepoints cost as much as what is written in them, and hardly ever has a letter to be undone
  const dealt = await commit(deps, batch, atOnce).catch((error) => {
    if (isTrouble(error)) throw error;
    return commit(deps, batch, inSavepoint);
  });
  deps.fault?.('dealt');
  for (const one of dealt) if ('report' in one) one.report();
  for (const [i, one] of dealt.entries()) if ('failure' in one) await fail(deps, batch[i]!.spooled, one.failure);
  if (dealt.some((one) => 'queued' in one && one.queued > 0)) deps.onQueued();
}

/** Deals with each letter of a batch, in order; gives what became of each. */
function commit(
  deps: CommitDeps,
  batch: readonly Prepared[],
  undoably: (trx: Kysely<Tables>, work: () => Promise<Dealing>) => Promise<Dealing>,
): Promise<readonly Dealing[]> {
  return deps.db.transaction().execute(async (trx) => {
    const dealt: Dealing[] = [];
    for (const one of batch) {
      // the servers of the mailboxes, and the threads that read, get their turn between two letters
      await new Promise(setImmediate);
      dealt.push('failure' in one ? one : await undoably(trx, () => deal(deps, trx, one.spooled, one)));
    }
    deps.fault?.('committing');
    return dealt;
  });
}

/** A letter that fails undoes the whole batch. */
const atOnce = (_: Kysely<Tables>, work: () => Promise<Dealing>): Promise<Dealing> => work();

const SAVEPOINT = CompiledQuery.raw('savepoint letter');
const ROLLBACK = CompiledQuery.raw('rollback to savepoint letter');
const RELEASE = CompiledQuery.raw('release savepoint letter');

/** A letter that fails undoes only what was written for it. */
async function inSavepoint(trx: Kysely<Tables>, work: () => Promise<Dealing>): Promise<Dealing> {
  await trx.executeQuery(SAVEPOINT);
  try {
    const done = await work();
    await trx.executeQuery(RELEASE);
    return done;
  } catch (error) {
    // a full disk is no fault of a letter, and SQLite may have rolled everything back already
    if (isTrouble(error)) throw error;
    await trx.executeQuery(ROLLBACK);
    await trx.executeQuery(RELEASE);
    return { failure: errorWords(error) };
  }
}

async function fail(deps: CommitDeps, spooled: ClaimedLetter, failure: string): Promise<void> {
  const { db, now, log } = deps;
  if (spooled.attempts < MAX_ATTEMPTS) {
    await postponeLetter(db, spooled.id, spooled.attempts, failure, now());
    log.warn({ letter: spooled.id, attempt: spooled.attempts, error: failure }, 'letter failed, tried again later');
    return;
  }
  const path = [{ step: 'decide' as const, what: `set aside after ${MAX_ATTEMPTS} attempts: ${failure}` }];
  await closeLetter(
    db,
    spooled.id,
    { disposition: 'quarantined', because: failure, ticket: null, silence: failure, path },
    now(),
  );
  tally(deps.count, { disposition: 'quarantined', silence: failure, defects: [] });
  log.error({ letter: spooled.id, error: failure }, 'letter set aside, see kvitok quarantine list');
}
