// THE PATH OF A LETTER, on one page: keep, decode, classify, thread, decide, apply.
//
//   keep      the raw bytes and their key, one commit; from then on the letter is ours
//   read      decode, classify, judge: in worker threads, no transaction open
//   deal      look up, decide, apply, one disposition: many letters a commit
//
// A letter that can't be dealt with is tried again after the ones behind it, and set aside after three attempts.

import { toldOnce } from './config/told-once.ts';
import { type CommitDeps, dealWith, type Prepared } from './ingest/commit.ts';
import { type HeldBytes, holdBytes } from './ingest/held.ts';
import { NoThread } from './ingest/reader.ts';
import type { Read } from './ingest/readers.ts';
import type { Delivery } from './mail/envelope.ts';
import { errorWords } from './mail/error-words.ts';
import { type ClaimedLetter, claimLetters, MAX_ATTEMPTS, returnLetters } from './store/letters.ts';
import type { SpaceGuard } from './store/space.ts';
import type { Kept, Spool } from './store/spool.ts';
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

/** A letter that was kept; `raw` where its bytes were given away and came back. */
type KeptHere = Kept & { readonly raw?: Uint8Array };

export interface IngestDeps extends CommitDeps {
  readonly spool: Spool;
  /** Keeps letters in the spool, all of a call or none. */
  readonly keep: (deliveries: readonly Delivery[], now: number) => Promise<readonly KeptHere[]> | readonly KeptHere[];
  /** Letters that were just kept are read from memory, as far as they fit into this. */
  readonly heldBytes: number;
  readonly read: Read;
  readonly space: SpaceGuard;
  /** Called when a database file turns out to be broken: nothing may be written any more. */
  readonly onDamage: (error: unknown) => void;
  /** Called after letters were kept. */
  readonly onKept: () => void;
}

export interface Ingest {
  readonly keep: Keep;
  /**
   * Deals with letters until none is due; gives how many it took up. Asked between two letters, `stopping` ends it: what was
   * not begun is given back. Rejects where the database is in trouble; then nobody loses an attempt.
   */
  work(stopping?: () => boolean): Promise<number>;
}

const CLAIM_LETTERS = 100;
/** Letters of one commit, and how long the first of them waits for more that are being read. */
const COMMIT_LETTERS = 50;
const GATHER_MS = 50;
/** A letter that is being read for so long is dealt with after those behind it. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 250;

/** The path of letters over an opened store. */
export function ingestOf(deps: IngestDeps): Ingest {
  const held = holdBytes(deps.heldBytes);
  const keep = keepIn({ ...deps, held });
  /** Letters whose claim could not be taken back, for the database was in trouble then. */
  let owed: readonly number[] = [];

  const work = async (stopping: () => boolean): Promise<number> => {
    if (owed.length > 0) await returnLetters(deps.db, owed, deps.now());
    owed = [];
    const undealt = new Set<number>();
    const claim = async (beside: boolean): Promise<UnderWay[]> => {
      const claimed = await claimLetters(deps.db, deps.spool, deps.now(), CLAIM_LETTERS, beside);
      for (const { id } of claimed) undealt.add(id);
      if (claimed.length > 0) deps.fault?.('claimed');
      return claimed.map((spooled) => underWay(deps, held, spooled));
    };
    let taken = 0;
    try {
      let letters = await claim(false);
      while (letters.length > 0 && !stopping()) {
        taken += letters.length;
        // the next ones are read while these are dealt with; a letter that was claimed before has nobody beside it
        const alone = letters.some(({ spooled }) => spooled.attempts > 1);
        const next = alone ? [] : await claim(true);
        for await (const ready of inOrder(letters, stopping)) {
          await dealWith(deps, ready);
          for (const { spooled } of ready) undealt.delete(spooled.id);
        }
        letters = next.length > 0 || stopping() ? next : await claim(false);
      }
    } finally {
      // nothing of these was committed, and they are not to blame: the database was in trouble, or the daemon ends
      const ids = [...undealt];
      await returnLetters(deps.db, ids, deps.now()).catch(() => {
        owed = ids;
      });
    }
    return taken;
  };

  return {
    keep: async (deliveries) => {
      const answers = await keep(deliveries);
      deps.onKept();
      return answers;
    },
    work: (stopping = () => false) => work(stopping),
  };
}

/** Keeps letters by `keep`, and holds their bytes where there is room. Never rejects: what can't be kept is answered so, and stays where it is. */
export function keepIn({
  keep,
  space,
  log,
  now,
  onDamage,
  fault,
  held,
}: Pick<IngestDeps, 'keep' | 'space' | 'log' | 'now' | 'onDamage' | 'fault'> & { readonly held?: HeldBytes }): Keep {
  const refusing = toldOnce(
    log,
    'keep',
    'letters could not be kept; they stay where they are',
    'letters are kept again',
  );
  const refuse = (deliveries: readonly Delivery[], reason: string): readonly Answer[] =>
    deliveries.map(() => ({ kind: 'tryLater', reason }));
  return async (deliveries) => {
    const full = space.refusal();
    if (full !== null) return refuse(deliveries, full);
    try {
      const at = now();
      // a server whose clock is ahead would have a letter arrive in the future, and its deadline counted from there
      const kept = await keep(
        deliveries.map((one) => (one.receivedAt > at ? { ...one, receivedAt: at } : one)),
        at,
      );
      fault?.('kept');
      refusing.well();
      return kept.map(({ letter, again, raw }, i) => {
        const { source, ...delivery } = deliveries[i]!;
        const bytes = raw ?? delivery.raw;
        if (!again) held?.put(letter, bytes);
        if (!again) log.info({ letter, source, bytes: bytes.byteLength }, 'kept');
        return { kind: 'accepted', letter, again };
      });
    } catch (error) {
      if (isDamage(error)) onDamage(error);
      refusing.wrong(errorWords(error), { letters: deliveries.length });
      return refuse(deliveries, errorWords(error));
    }
  };
}

/** A claimed letter that is being read. */
interface UnderWay {
  readonly spooled: ClaimedLetter;
  /** Rejects where the database is in trouble, or no thread is to be had. */
  readonly reading: Promise<Prepared>;
  /** What came of it, once it is known. */
  prepared: Prepared | null;
}

function underWay(deps: IngestDeps, held: HeldBytes, spooled: ClaimedLetter): UnderWay {
  const reading = readOne(deps, held, spooled);
  const one: UnderWay = { spooled, reading, prepared: null };
  reading.then(
    (prepared) => {
      one.prepared = prepared;
    },
    // whoever waits for it is told
    () => {},
  );
  return one;
}

/** Reads one letter. Throws where the spool is in trouble; every other failure is the letter's own. */
async function readOne(deps: IngestDeps, held: HeldBytes, spooled: ClaimedLetter): Promise<Prepared> {
  if (spooled.attempts > MAX_ATTEMPTS) return { spooled, failure: 'kvitok ended while it worked on this letter' };
  const load = () => {
    const raw = held.take(spooled.id) ?? deps.spool.raw(spooled.id);
    if (raw === null) throw new Error('the bytes of this letter are gone from the spool');
    return raw;
  };
  try {
    deps.fault?.('reading');
    return { spooled, ...(await deps.read(spooled, load)) };
  } catch (error) {
    if (isTrouble(error) || error instanceof NoThread) throw error;
    return { spooled, failure: errorWords(error) };
  }
}

/** Letters as they become ready, some at a time, in their order but for those that take too long. */
async function* inOrder(letters: readonly UnderWay[], stopping: () => boolean): AsyncGenerator<readonly Prepared[]> {
  const left = [...letters];
  while (left.length > 0 && !stopping()) {
    const first = left[0]!;
    if (!(await isReady(first, stopping))) {
      left.push(left.shift()!);
      continue;
    }
    const more = left.slice(1, COMMIT_LETTERS).map(({ reading }) => reading);
    if (more.length > 0) await within(GATHER_MS, Promise.all(more));
    const waits = left.findIndex(({ prepared }) => prepared === null);
    const ready = left.splice(0, Math.min(waits < 0 ? left.length : waits, COMMIT_LETTERS));
    yield ready.flatMap(({ prepared }) => prepared ?? []);
  }
}

/** Waits for a letter; false where it takes too long, or the daemon ends. */
async function isReady({ reading }: UnderWay, stopping: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS && !stopping(); waited += LOOK_MS) {
    if (await within(LOOK_MS, reading)) return true;
  }
  return false;
}

/** Whether the work is done within so many milliseconds. Rejects where it does. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
