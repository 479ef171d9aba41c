// Letters off the server: sizes and arrival first, then bytes in windows bounded by bytes and number. BODY.PEEK only, so
// that a person who reads the same mailbox sees what they left unread (RFC 9051 §6.4.5).

import { LIMITS } from '../../mail/limits.ts';
import type { Ask } from './connection.ts';
import { uidSet } from './uids.ts';

/** What the server states of a letter before it is fetched. */
export interface Stated {
  readonly uid: number;
  /** RFC822.SIZE. */
  readonly size: number;
  /** INTERNALDATE, epoch milliseconds; null where it can't be read. */
  readonly arrivedAt: number | null;
}

export interface WindowLimits {
  readonly letterBytes: number;
  readonly windowBytes: number;
  readonly windowLetters: number;
}

/** Every UID of the folder, ascending; only those from `from` on where it is given. Rejects where the server refuses. */
export async function listUids(ask: Ask, from?: number): Promise<number[]> {
  const found = await ask((client) =>
    client.search(from === undefined ? { all: true } : { uid: `${from}:*` }, { uid: true }),
  );
  if (!Array.isArray(found)) throw new Error('the server refused to list the folder');
  // `n:*` names the last letter even where its UID is smaller (RFC 9051 §9, seq-range).
  return from === undefined ? found : found.filter((uid) => uid >= from);
}

/** Those of `uids` that are in the folder now. */
export async function present(box: { readonly ask: Ask }, uids: readonly number[]): Promise<number[]> {
  const found = await box.ask((client) => client.search({ uid: uidSet(uids) }, { uid: true }));
  if (!Array.isArray(found)) throw new Error('the server refused to list the folder');
  return found;
}

/** Asks for size and INTERNALDATE. UIDs that the server is silent about are missing from the answer. */
export async function askStated(ask: Ask, uids: readonly number[]): Promise<Map<number, Stated>> {
  const asked = new Set(uids);
  const rows = await ask((client) =>
    client.fetchAll(uidSet(uids), { uid: true, size: true, internalDate: true }, { uid: true }),
  );
  const stated = new Map<number, Stated>();
  for (const row of rows) {
    // A flag change by another client comes as a FETCH too, without size (RFC 9051 §7.5.2).
    if (!asked.has(row.uid) || row.size === undefined) continue;
    stated.set(row.uid, { uid: row.uid, size: row.size, arrivedAt: instant(row.internalDate) });
  }
  return stated;
}

/** Cuts a list into windows, in order: none above the limits unless a single letter is. */
export function windowsOf<T extends Stated>(letters: readonly T[], limits: WindowLimits): T[][] {
  const windows: T[][] = [];
  let bytes = 0;
  for (const letter of letters) {
    const last = windows.at(-1);
    const size = Math.min(letter.size, limits.letterBytes);
    if (last && last.length < limits.windowLetters && bytes + size <= limits.windowBytes) {
      last.push(letter);
      bytes += size;
    } else {
      windows.push([letter]);
      bytes = size;
    }
  }
  return windows;
}

/** Whole letters by UID. A UID whose answer has no bytes (NIL, or none at all) is missing. */
export async function fetchWhole(ask: Ask, letters: readonly Stated[]): Promise<Map<number, Uint8Array>> {
  const rows = await ask((client) =>
    client.fetchAll(uidSet(letters.map((letter) => letter.uid)), { uid: true, source: true }, { uid: true }),
  );
  const bytes = new Map<number, Uint8Array>();
  for (const { uid, source } of rows) if (source) bytes.set(uid, source);
  // A letter of 0 bytes comes as NIL from some servers.
  for (const { uid, size } of letters)
    if (size === 0 && rows.some((row) => row.uid === uid)) bytes.set(uid, bytes.get(uid) ?? Buffer.alloc(0));
  return bytes;
}

/** The header block alone, cut at its limit: for letters past the size limit. */
export async function fetchHeader(ask: Ask, uid: number): Promise<Uint8Array | null> {
  const part = { key: 'HEADER', start: 0, maxLength: LIMITS.headerBytes };
  const rows = await ask((client) => client.fetchAll(String(uid), { uid: true, bodyParts: [part] }, { uid: true }));
  return rows.find((row) => row.uid === uid && row.headers)?.headers ?? null;
}

function instant(date: Date | string | undefined): number | null {
  return date instanceof Date ? date.getTime() : null;
}
