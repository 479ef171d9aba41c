// One pass over an open folder: which UIDs the ledger does not have, what becomes of each, their bytes to `keep` in windows
// (many letters a commit), and the kept ones to the done folder. Every UID ends with a row, or waits for the next full pass.

import type { Fault } from '../../config/fault.ts';
import type { Log } from '../../config/log.ts';
import type { Delivery } from '../../mail/envelope.ts';
import { explainNetworkError } from '../../mail/network-error.ts';
import { imapKey, type Ledger } from '../../store/ledger.ts';
import { tracedEnvelope } from '../trace.ts';
import { balanceOf, type MailboxBalance } from './balance.ts';
import type { Bell } from './bell.ts';
import { type Box, openBox } from './box.ts';
import { finishLetters } from './done.ts';
import {
  askStated,
  fetchHeader,
  fetchWhole,
  listUids,
  present,
  type Stated,
  type WindowLimits,
  windowsOf,
} from './fetch.ts';
import { sourceOf } from './folder.ts';
import { type Behind, type HandOverDeps, keepBehind } from './hand-over.ts';
import { ANNOUNCED_MS, FAILURES_BEFORE_WAITING, REFUSED_BEFORE_BACKOFF, UIDS_A_COMMAND, UIDS_A_LOOK } from './pace.ts';
import { fateOf } from './take-on.ts';
import { pieces } from './uids.ts';

/** `news`: what came since the last listing. `all`: every UID compared with the ledger. `poll`: the same, and what waited is tried again. */
export type PassKind = 'news' | 'all' | 'poll';

export interface PassDeps extends HandOverDeps {
  readonly now: () => number;
  readonly limits: WindowLimits;
  /** Rings when the server tells of new letters: they go before what is left of an old mailbox. */
  readonly news: Bell;
  readonly stopping: () => boolean;
  readonly fault?: Fault | undefined;
}

export interface PassResult {
  /** Letters that the store could not keep now. */
  readonly later: number;
  /** Null where the pass did not look at every letter. */
  readonly balance: MailboxBalance | null;
  /** Letters that were found, had lain there for a while, and that the server had not told of in IDLE. */
  readonly unannounced: number;
}

interface Wanted extends Stated {
  readonly silent?: string;
}

/** Does the pass; `told` is whether the server had told of new letters before it. Rejects where the connection is lost; what was kept until then stays kept. */
export async function pass(box: Box, kind: PassKind, told: boolean, deps: PassDeps): Promise<PassResult> {
  const { memory } = box;
  if (kind === 'poll') memory.waiting.clear();
  const { highest } = memory;
  deps.news.silence();
  const listed = await list(box, kind);
  const queue = await unseen(box, listed, deps);
  const unheard = new Set(kind !== 'all' && !told ? listed.filter((uid) => uid > highest) : []);
  const behind = keepBehind(box, deps);
  let unannounced: number;
  try {
    unannounced = await bringAll(box, queue, unheard, behind, deps);
  } finally {
    await behind.end();
  }
  const later = behind.later();
  if (kind === 'news') return { later, unannounced, balance: null };
  await finishLetters(box, deps.ledger.unfinished(box.key), deps.mailbox.done, deps.ledger, deps.trouble);
  const whole = later === 0 && !deps.stopping();
  return { later, unannounced, balance: whole ? balanceOf(box, listed, deps.ledger) : null };
}

/**
 * Fetches window after window, until there is none or the store takes none. Gives how many of the `unheard` had lain there for
 * a while.
 */
async function bringAll(
  box: Box,
  queue: number[],
  unheard: ReadonlySet<number>,
  behind: Behind,
  deps: PassDeps,
): Promise<number> {
  const missing: number[] = [];
  const refusals = new Set<number>();
  let brought = false;
  let windows: Wanted[][] = [];
  let unannounced = 0;
  while (!deps.stopping()) {
    if (deps.news.rang()) {
      deps.news.silence();
      const fresh = await unseen(box, await list(box, 'news'), deps);
      windows = [...(await prepare(box, fresh, missing, deps)), ...windows];
    }
    const window = windows.shift();
    if (!window) {
      if (queue.length === 0 && missing.length > 0) {
        await behind.end();
        queue.push(...(await lookAgain(box, missing.splice(0), deps)));
      }
      if (queue.length === 0) break;
      windows = await prepare(box, queue.splice(0, UIDS_A_COMMAND), missing, deps);
      continue;
    }
    const lain = deps.now() - ANNOUNCED_MS;
    unannounced += window.filter(
      ({ uid, arrivedAt }) => unheard.has(uid) && arrivedAt !== null && arrivedAt < lain,
    ).length;
    const { deliveries, refused } = await bring(box, window, missing, deps);
    if (deliveries.length > 0) brought = true;
    // where nothing is given of several letters it is no letter's fault: pressing on would be thousands of refusals
    for (const { uid } of refused ? window : []) refusals.add(uid);
    if (refused && !brought && refusals.size >= REFUSED_BEFORE_BACKOFF) {
      for (const uid of missing.splice(0)) suspect(box, uid, explainNetworkError(refused), deps);
      throw refused;
    }
    deps.fault?.('fetched');
    // The store can't take letters now: fetching the rest of the mailbox would be for nothing.
    if ((await behind.next(deliveries)) === 'nothing kept') break;
  }
  return unannounced;
}

async function list(box: Box, kind: PassKind): Promise<number[]> {
  const { memory } = box;
  const uids = await listUids(box.ask, kind === 'news' ? memory.highest + 1 : undefined);
  memory.highest = uids.reduce((most, uid) => Math.max(most, uid), memory.highest);
  if (kind === 'news') return uids;
  const listed = new Set(uids);
  memory.settled = memory.settled.intersection(listed);
  for (const uid of memory.failures.keys()) if (!listed.has(uid)) memory.failures.delete(uid);
  return uids;
}

/** Those without a row, in the order they are taken in; what `startFrom` leaves alone without a look gets its row here. */
async function unseen(box: Box, uids: readonly number[], { ledger, mailbox, log }: PassDeps): Promise<number[]> {
  const { memory, baseline } = box;
  const wanted: number[] = [];
  const fresh = uids.filter((uid) => !memory.settled.has(uid) && !memory.waiting.has(uid));
  for (const some of pieces(fresh, UIDS_A_LOOK)) {
    const known = ledger.known(box.key, some);
    const unknown = some.filter((uid) => !known.has(uid));
    const left = unknown.filter((uid) => fateOf(uid, null, mailbox.startFrom, baseline).kind === 'leave');
    leaveAlone(box, left, ledger, log);
    for (const uid of known) memory.settled.add(uid);
    wanted.push(...unknown.filter((uid) => !memory.settled.has(uid)));
    await new Promise(setImmediate);
  }
  // What came after kvitok goes before what lay there; what failed goes last, so that it holds up nobody.
  const rank = (uid: number) => (memory.failures.get(uid) ?? 0) * 2 + (uid < baseline.uidNext ? 1 : 0);
  return wanted.sort((a, b) => rank(a) - rank(b) || a - b);
}

function leaveAlone(box: Box, uids: readonly number[], ledger: Ledger, log: Log): void {
  if (uids.length === 0) return;
  ledger.record(box.key, uids, 'left-alone');
  for (const uid of uids) box.memory.settled.add(uid);
  log.info(
    { event: 'left-alone', letters: uids.length },
    `${uids.length} letters from before startFrom are left alone`,
  );
}

/** Asks for sizes and dates and cuts windows: suspects and letters past the size limit go alone. */
async function prepare(box: Box, uids: readonly number[], missing: number[], deps: PassDeps): Promise<Wanted[][]> {
  const windows: Wanted[][] = [];
  for (const some of pieces(uids, UIDS_A_COMMAND)) {
    const stated = await askStated(box.ask, some);
    const wanted: Wanted[] = [];
    const left: number[] = [];
    for (const uid of some) {
      const letter = stated.get(uid);
      const fate = fateOf(uid, letter?.arrivedAt ?? deps.now(), deps.mailbox.startFrom, box.baseline);
      if (!letter) missing.push(uid);
      else if (fate.kind === 'leave') left.push(uid);
      else wanted.push(fate.kind === 'take' && fate.silent ? { ...letter, silent: fate.silent } : letter);
    }
    leaveAlone(box, left, deps.ledger, deps.log);
    const alone = (letter: Wanted) => letter.size > deps.limits.letterBytes || box.memory.failures.has(letter.uid);
    windows.push(
      ...windowsOf(
        wanted.filter((letter) => !alone(letter)),
        deps.limits,
      ),
    );
    windows.push(...wanted.filter(alone).map((letter) => [letter]));
  }
  return windows;
}

interface Brought {
  readonly deliveries: Delivery[];
  /** The error by which the server refused the command; null where it did not. */
  readonly refused: Error | null;
}

/**
 * Fetches a window; letters without bytes go to `missing`. Rejects only where the connection is lost, and then remembers
 * each letter of the window as a suspect: one of them may be what ends every connection.
 */
async function bring(box: Box, window: readonly Wanted[], missing: number[], deps: PassDeps): Promise<Brought> {
  let refused: Error | null = null;
  const bytes = await fetchWindow(box, window, deps.limits).catch(async (error: unknown) => {
    if (await box.ask(async (client) => client.usable)) {
      refused = error as Error;
      return new Map<number, Uint8Array>();
    }
    for (const { uid } of window) suspect(box, uid, explainNetworkError(error), deps);
    throw error;
  });
  missing.push(...window.map(({ uid }) => uid).filter((uid) => !bytes.has(uid)));
  const deliveries = window.flatMap((letter) => {
    const raw = bytes.get(letter.uid);
    return raw ? [delivery(box, letter, raw, deps)] : [];
  });
  return { deliveries, refused };
}

async function fetchWindow(
  box: Box,
  window: readonly Wanted[],
  limits: WindowLimits,
): Promise<Map<number, Uint8Array>> {
  const [first] = window;
  if (!first || first.size <= limits.letterBytes) return fetchWhole(box.ask, window);
  const header = await fetchHeader(box.ask, first.uid);
  return new Map(header ? [[first.uid, header]] : []);
}

/** From now on the letter is fetched alone and last; after some failures only at polls. */
function suspect(box: Box, uid: number, reason: string, { trouble }: PassDeps): void {
  const times = (box.memory.failures.get(uid) ?? 0) + 1;
  box.memory.failures.set(uid, times);
  box.memory.failed += 1;
  if (times < FAILURES_BEFORE_WAITING) return;
  box.memory.waiting.add(uid);
  trouble.warn(
    `fetch-failed:${uid}`,
    { event: 'fetch-failed', uid, times, reason },
    `letter ${uid} could not be fetched; the others go on, it is tried again at the next poll`,
  );
}

function delivery(box: Box, letter: Wanted, raw: Uint8Array, { mailbox, now, limits }: PassDeps): Delivery {
  return {
    source: sourceOf(mailbox),
    key: imapKey(box.key, letter.uid),
    receivedAt: letter.arrivedAt ?? now(),
    envelope: tracedEnvelope(raw),
    raw,
    ...(letter.size > limits.letterBytes ? { oversize: letter.size } : {}),
    ...(letter.silent ? { silent: letter.silent } : {}),
  };
}

/**
 * A second look, on a fresh view, at letters that the server named and did not give: those gone are `vanished` (another
 * client expunged them); those still there are suspects, and are answered unless they wait for the next poll now.
 */
async function lookAgain(box: Box, uids: readonly number[], deps: PassDeps): Promise<number[]> {
  const fresh = await openBox(box.ask, deps.mailbox, deps.ledger, deps.now(), box.memory, deps.log);
  // What is left of this pass means letters by numbers that mean others now.
  if (fresh.memory !== box.memory) throw new Error('the mailbox was renumbered meanwhile');
  const there = new Set((await Promise.all(pieces(uids, UIDS_A_COMMAND).map((some) => present(box, some)))).flat());
  const gone = uids.filter((uid) => !there.has(uid));
  if (gone.length > 0) {
    deps.ledger.record(box.key, gone, 'vanished');
    deps.log.info(
      { event: 'vanished', uids: gone },
      `${gone.length} letters were taken away by somebody before they could be fetched`,
    );
  }
  for (const uid of gone) box.memory.settled.add(uid);
  for (const uid of there) suspect(box, uid, 'the server gave no bytes', deps);
  return [...there].filter((uid) => !box.memory.waiting.has(uid));
}
