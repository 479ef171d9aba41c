// THE PATH OF A LETTER, on one page: keep, decode, classify, thread, decide, apply.
//
//   keep      the raw bytes and their key, one commit; from then on the letter is ours
//   prepare   decode, classify: pure, no transaction open
//   deal      look up, decide, apply, one disposition: a savepoint a letter, many letters a commit
//
// A letter that can't be dealt with is tried again after the ones behind it, and set aside after three attempts.

import { CompiledQuery, type Kysely } from 'kysely';
import { toldOnce } from './config/told-once.ts';
import type { Letter } from './decide/case.ts';
import { type DealDeps, type Dealt, deal } from './ingest/deal.ts';
import { prepare, type Reading } from './ingest/prepare.ts';
import type { Delivery } from './mail/envelope.ts';
import {
  type ClaimedLetter,
  claimLetters,
  closeLetter,
  MAX_ATTEMPTS,
  postponeLetter,
  returnLetters,
} from './store/letters.ts';
import type { Tables } from './store/schema.ts';
import type { SpaceGuard } from './store/space.ts';
import type { Spool } from './store/spool.ts';
import { isDamage, isTrouble } from './store/trouble.ts';

/**
 * What a source is told of one hand-over. `accepted`: the bytes are kept (or were already), the letter is ours.
 * `tryLater`: nothing is kept, the letter stays where it is. `refused`: it will never be taken; the reason is for the sender.
 */
export type Answer =
  | { readonly kind: 'accepted'; readonly letter: number; readonly again: boolean }
  | { readonly kind: 'tryLater'; readonly reason: string }
  | { readonly kind: 'refused'; readonly status: string; readonly reason: string };

/** Takes letters in: bytes are on disk when the promise is fulfilled; one answer a delivery, in order. Never rejects. */
export type Keep = (deliveries: readonly Delivery[]) => Promise<readonly Answer[]>;

export interface IngestDeps extends DealDeps {
  readonly db: Kysely<Tables>;
  readonly spool: Spool;
  readonly reading: Reading;
  readonly space: SpaceGuard;
  /** Called when a database file turns out to be broken: nothing may be written any more. */
  readonly onDamage: (error: unknown) => void;
  /** Called after letters were kept, and after a commit that wrote outbox rows. */
  readonly onKept: () => void;
  readonly onQueued: () => void;
}

export interface Ingest {
  readonly keep: Keep;
  /**
   * Deals with letters that are due, one claim of them; gives how many were claimed. Asked between two letters, `stopping`
   * ends it: what was not begun is given back. Rejects where the database is in trouble; then nobody loses an attempt.
   */
  work(stopping?: () => boolean): Promise<number>;
}

const CLAIM_LETTERS = 50;
const BATCH_BYTES = 2 * 1024 * 1024;

/** The path of letters over an opened store. */
export function ingestOf(deps: IngestDeps): Ingest {
  const keep = keepIn(deps);
  /** Letters whose claim could not be taken back, for the database was in trouble then. */
  let owed: readonly number[] = [];
  return {
    keep: async (deliveries) => {
      const answers = keep(deliveries);
      deps.onKept();
      return answers;
    },
    work: async (stopping = () => false) => {
      if (owed.length > 0) await returnLetters(deps.db, owed, deps.now());
      owed = [];
      const claimed = await claimLetters(deps.db, deps.spool, deps.now(), CLAIM_LETTERS);
      const undealt = new Set(claimed.map(({ id }) => id));
      try {
        deps.fault?.('claimed');
        for (const batch of inBatches(claimed)) {
          const prepared = await prepareAll(deps, batch, stopping);
          await dealWith(deps, prepared);
          for (const { spooled } of prepared) undealt.delete(spooled.id);
          if (stopping()) break;
        }
      } finally {
        // nothing of these was committed, and they are not to blame: the database was in trouble, or the daemon ends
        const ids = [...undealt];
        await returnLetters(deps.db, ids, deps.now()).catch(() => {
          owed = ids;
        });
      }
      return claimed.length;
    },
  };
}

/** Keeps letters in a spool. Never throws: what can't be kept is answered so, and stays where it is. */
export function keepIn({
  spool,
  space,
  log,
  now,
  onDamage,
  fault,
}: Pick<IngestDeps, 'spool' | 'space' | 'log' | 'now' | 'onDamage' | 'fault'>): (
  deliveries: readonly Delivery[],
) => readonly Answer[] {
  const refusing = toldOnce(
    log,
    'keep',
    'letters could not be kept; they stay where they are',
    'letters are kept again',
  );
  const refuse = (deliveries: readonly Delivery[], reason: string): readonly Answer[] =>
    deliveries.map(() => ({ kind: 'tryLater', reason }));
  return (deliveries) => {
    const full = space.refusal();
    if (full !== null) return refuse(deliveries, full);
    try {
      const kept = spool.keep(deliveries, now());
      fault?.('kept');
      refusing.well();
      for (const [i, { letter, again }] of kept.entries()) {
        const { source, raw } = deliveries[i]!;
        if (!again) log.info({ letter, source, bytes: raw.byteLength }, 'kept');
      }
      return kept.map((one) => ({ kind: 'accepted', ...one }));
    } catch (error) {
      if (isDamage(error)) onDamage(error);
      refusing.wrong(describe(error), { letters: deliveries.length });
      return refuse(deliveries, describe(error));
    }
  };
}

/** Bounds what is decoded and held at once: a batch ends with the letter that fills it. */
function* inBatches(letters: readonly ClaimedLetter[]): Generator<readonly ClaimedLetter[]> {
  let batch: ClaimedLetter[] = [];
  let bytes = 0;
  for (const letter of letters) {
    batch.push(letter);
    bytes += letter.size;
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

type Prepared =
  | { readonly spooled: ClaimedLetter; readonly letter: Letter }
  | { readonly spooled: ClaimedLetter; readonly failure: string };

async function prepareAll(
  deps: IngestDeps,
  batch: readonly ClaimedLetter[],
  stopping: () => boolean,
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (const spooled of batch) {
    if (stopping()) break;
    prepared.push(await prepareOne(deps, spooled));
    // other work gets its turn between two letters
    await new Promise(setImmediate);
  }
  return prepared;
}

/** Reads one letter. Throws where the spool is in trouble; every other failure is the letter's own. */
async function prepareOne(deps: IngestDeps, spooled: ClaimedLetter): Promise<Prepared> {
  if (spooled.attempts > MAX_ATTEMPTS) return { spooled, failure: 'kvitok ended while it worked on this letter' };
  try {
    deps.fault?.('reading');
    const raw = deps.spool.raw(spooled.id);
    if (raw === null) return { spooled, failure: 'the bytes of this letter are gone from the spool' };
    return { spooled, letter: await prepare({ ...spooled, raw }, deps.reading) };
  } catch (error) {
    if (isTrouble(error)) throw error;
    return { spooled, failure: describe(error) };
  }
}

type Dealing = Dealt | { readonly failure: string };

/** One commit for a batch; a letter that fails takes nothing with it. Throws where the database does. */
async function dealWith(deps: IngestDeps, batch: readonly Prepared[]): Promise<void> {
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
  deps: IngestDeps,
  batch: readonly Prepared[],
  undoably: (trx: Kysely<Tables>, work: () => Promise<Dealing>) => Promise<Dealing>,
): Promise<readonly Dealing[]> {
  return deps.db.transaction().execute(async (trx) => {
    const dealt: Dealing[] = [];
    for (const one of batch) {
      dealt.push('failure' in one ? one : await undoably(trx, () => deal(deps, trx, one.spooled, one.letter)));
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
    return { failure: describe(error) };
  }
}

async function fail(deps: IngestDeps, spooled: ClaimedLetter, failure: string): Promise<void> {
  const { db, now, log } = deps;
  if (spooled.attempts < MAX_ATTEMPTS) {
    await postponeLetter(db, spooled.id, spooled.attempts, failure, now());
    log.warn({ letter: spooled.id, attempt: spooled.attempts, error: failure }, 'letter failed, tried again later');
    return;
  }
  const path = [{ step: 'decide' as const, what: `quarantined after ${MAX_ATTEMPTS} attempts: ${failure}` }];
  await closeLetter(
    db,
    spooled.id,
    { disposition: 'quarantined', because: failure, ticket: null, silence: failure, path },
    now(),
  );
  log.error({ letter: spooled.id, error: failure }, 'letter set aside, see kvitok quarantine list');
}

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));
