// The ledger: a row for every (account, mailbox, UIDVALIDITY, UID) ever seen, in the same file as the raw bytes,
// so that "kept" and "seen" are one commit (RFC 9051 §2.3.1.1).

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

/** What became of a UID: kept; left alone as older than `startFrom`; or gone before it could be fetched. */
export type UidState = 'kept' | 'left-alone' | 'vanished';

/** Synchronous on purpose: rows are few and on the local disk. */
export interface Ledger {
  /** Notes the first sight of a mailbox, or answers how it was taken on. */
  open(box: BoxKey, uidNext: number, now: number): Baseline;
  /** Those of `uids` that have a row. */
  known(box: BoxKey, uids: readonly number[]): ReadonlySet<number>;
  /** Writes rows for UIDs that are not handed to `Keep`, which writes its own row for every `imap:` key it accepts. */
  record(box: BoxKey, uids: readonly number[], state: Exclude<UidState, 'kept'>): void;
  /** Kept letters whose move or flag on the server has not been done yet. */
  unfinished(box: BoxKey): readonly number[];
  /** Notes that the move or flag is done. */
  finish(box: BoxKey, uids: readonly number[]): void;
}

/** The delivery key of a letter in an IMAP mailbox; unambiguous, for `:` in names is escaped. */
export function imapKey(box: BoxKey, uid: number): string {
  return `imap:${[box.account, box.mailbox, box.uidValidity].map(encodeURIComponent).join(':')}:${uid}`;
}
