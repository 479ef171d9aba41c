// The ledger: a row for every (account, mailbox, UIDVALIDITY, UID) ever seen, in the same file as the raw bytes,
// so that "kept" and "seen" are one commit (RFC 9051 §2.3.1.1).

import type Database from 'better-sqlite3';
import type { Fault } from '../config/fault.ts';

/** One folder of one account under one UIDVALIDITY. */
export interface BoxKey {
  readonly account: string;
  /** The folder as the server writes its path. */
  readonly mailbox: string;
  readonly uidValidity: string;
}

/** How a mailbox was taken on. */
export interface Baseline {
  /** When kvitok first saw this mailbox (account and folder, under any UIDVALIDITY), epoch milliseconds. */
  readonly takenOnAt: number;
  /** UIDNEXT at the first sight under this UIDVALIDITY: smaller UIDs were there before us. */
  readonly uidNext: number;
  /** True when the mailbox was known before under another UIDVALIDITY. */
  readonly renumbered: boolean;
}

export interface Opened extends Baseline {
  /** True when this was the first sight under this UIDVALIDITY. */
  readonly first: boolean;
}

/** What became of a UID: kept; left alone as older than `startFrom`; or gone before it could be fetched. */
export type UidState = 'kept' | 'left-alone' | 'vanished';

/** Synchronous on purpose: rows are few and on the local disk. */
export interface Ledger {
  /** Notes the first sight of a mailbox, or answers how it was taken on. */
  open(box: BoxKey, uidNext: number, now: number): Opened;
  /** Those of `uids` that have a row. */
  known(box: BoxKey, uids: readonly number[]): ReadonlySet<number>;
  /** Writes rows for UIDs that are not handed to `Keep`, which writes its own row for every `imap:` key it accepts. */
  record(box: BoxKey, uids: readonly number[], state: Exclude<UidState, 'kept'>): void;
  /** Kept letters whose move or flag on the server has not been done yet. */
  unfinished(box: BoxKey): readonly number[];
  /** Notes that the move or flag is done. */
  finish(box: BoxKey, uids: readonly number[]): void | Promise<void>;
}

/** The delivery key of a letter in an IMAP mailbox; unambiguous, for `:` in names is escaped. */
export function imapKey(box: BoxKey, uid: number): string {
  return `imap:${[box.account, box.mailbox, box.uidValidity].map(encodeURIComponent).join(':')}:${uid}`;
}

/** Reads an `imap:` delivery key back; null for keys of other sources. */
function parseImapKey(key: string): { box: BoxKey; uid: number } | null {
  const [scheme, account, mailbox, uidValidity, uid] = key.split(':');
  if (scheme !== 'imap' || uid === undefined) return null;
  const [a, m, v] = [account, mailbox, uidValidity].map((piece) => decodeURIComponent(piece ?? ''));
  return { box: { account: a!, mailbox: m!, uidValidity: v! }, uid: Number(uid) };
}

/** Writes the ledger row of a delivery that is being kept; to be called inside the transaction that keeps it. */
export function noteKept(file: Database.Database): (key: string, letter: number) => void {
  const boxId = boxIds(file);
  const insert = file.prepare(
    `insert into ledger (box, uid, state, letter, finished) values (?, ?, 'kept', ?, 0) on conflict (box, uid) do nothing`,
  );
  return (key, letter) => {
    const place = parseImapKey(key);
    if (place) insert.run(boxId(place.box), place.uid, letter);
  };
}

/** The ledger in an opened spool file. */
export function ledgerOf(file: Database.Database, fault?: Fault): Ledger {
  const boxId = boxIds(file);
  const seenBefore = file.prepare<[string, string], { takenOnAt: number | null }>(
    'select min(taken_on_at) as takenOnAt from boxes where account = ? and mailbox = ?',
  );
  const baseline = file.prepare<BoxRow, { takenOnAt: number; uidNext: number; renumbered: number }>(
    `select taken_on_at as takenOnAt, uid_next as uidNext, renumbered from boxes
     where account = ? and mailbox = ? and uid_validity = ?`,
  );
  const takeOn = file.prepare(
    'insert into boxes (account, mailbox, uid_validity, taken_on_at, uid_next, renumbered) values (?, ?, ?, ?, ?, ?)',
  );
  const uidsOf = file.prepare<[number, number, number], { uid: number }>(
    'select uid from ledger where box = ? and uid between ? and ?',
  );
  const insert = file.prepare(
    'insert into ledger (box, uid, state, letter, finished) values (?, ?, ?, null, 1) on conflict (box, uid) do nothing',
  );
  const unfinished = file.prepare<[number], { uid: number }>(
    'select uid from ledger where box = ? and finished = 0 order by uid',
  );
  const finish = file.prepare('update ledger set finished = 1 where box = ? and uid = ?');

  // the write lock from the start: SQLite fails at once where a letter of another process comes between a look and a write
  return {
    open: file.transaction((box: BoxKey, uidNext: number, now: number): Opened => {
      const known = baseline.get(...rowOf(box));
      if (known) return { ...known, renumbered: known.renumbered === 1, first: false };
      const before = seenBefore.get(box.account, box.mailbox)?.takenOnAt ?? null;
      takeOn.run(...rowOf(box), before ?? now, uidNext, before === null ? 0 : 1);
      return { takenOnAt: before ?? now, uidNext, renumbered: before !== null, first: true };
    }).immediate,
    known: (box, uids) => {
      if (uids.length === 0) return new Set();
      const [low, high] = uids.reduce(([a, b], uid) => [Math.min(a, uid), Math.max(b, uid)], [Infinity, 0]);
      const asked = new Set(uids);
      return new Set(uidsOf.all(boxId(box), low, high).flatMap(({ uid }) => (asked.has(uid) ? [uid] : [])));
    },
    record: file.transaction((box: BoxKey, uids: readonly number[], state: UidState) => {
      for (const uid of uids) insert.run(boxId(box), uid, state);
    }).immediate,
    unfinished: (box) => unfinished.all(boxId(box)).map(({ uid }) => uid),
    finish: file.transaction((box: BoxKey, uids: readonly number[]) => {
      fault?.('moved');
      for (const uid of uids) finish.run(boxId(box), uid);
    }).immediate,
  };
}

type BoxRow = [account: string, mailbox: string, uidValidity: string];
const rowOf = (box: BoxKey): BoxRow => [box.account, box.mailbox, box.uidValidity];

function boxIds(file: Database.Database): (box: BoxKey) => number {
  const find = file.prepare<BoxRow, { id: number }>(
    'select id from boxes where account = ? and mailbox = ? and uid_validity = ?',
  );
  return (box) => {
    const row = find.get(...rowOf(box));
    if (!row) throw new Error(`mailbox ${box.account}/${box.mailbox} was not opened in the ledger`);
    return row.id;
  };
}
