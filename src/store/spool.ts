// The spool: raw letters and the ledger of mailboxes, in a file of its own (spool.db). One commit here is the whole promise
// "we have it": the bytes, their key and the ledger row of their UID, for many letters at once.

import type Database from 'better-sqlite3';
import type { Fault } from '../config/fault.ts';
import { contentDigest } from '../mail/digest.ts';
import type { Delivery, Envelope } from '../mail/envelope.ts';
import { auditOf, type SpoolAudit } from './conservation.ts';
import { damagedLetters } from './digests.ts';
import { type Ledger, ledgerOf, noteKept } from './ledger.ts';
import { NewerVersion } from './newer.ts';
import { REMOVALS_SCHEMA, type Removals, removalsOf } from './removals.ts';
import { copyWhole, openFile } from './sqlite.ts';

/** A letter as it was handed over, without its bytes. */
export interface SpooledLetter {
  readonly id: number;
  readonly source: string;
  readonly digest: string;
  readonly envelope: Envelope;
  readonly receivedAt: number;
  readonly size: number;
  readonly oversize: number | null;
  readonly silent: string | null;
}

export interface Kept {
  readonly letter: number;
  /** True when this very hand-over was kept before. */
  readonly again: boolean;
}

export interface Spool {
  readonly ledger: Ledger;
  readonly removals: Removals;
  readonly audit: SpoolAudit;
  /** Keeps all of them in one commit, or none: throws SqliteError where the disk or the lock says no. */
  keep(deliveries: readonly Delivery[], now: number): readonly Kept[];
  /** One commit for several calls. Throws what one of them throws; then nothing is written. */
  together<T>(calls: () => T): T;
  /** Letters with an id over `id`, oldest first, at most `most`. */
  after(id: number, most: number): readonly SpooledLetter[];
  get(id: number): SpooledLetter | null;
  raw(id: number): Buffer | null;
  /** From now on ids are over `id`: a spool that was put back from an older copy must not give a known letter's number again. */
  reserve(id: number): void;
  /** Numbers of letters whose bytes are not those that were kept; reads every one. */
  damaged(): readonly number[];
  backup(path: string): Promise<void>;
  close(): void;
}

const SCHEMA = `
create table if not exists letters (
  id integer primary key autoincrement,
  delivery_key text not null unique,
  source text not null,
  digest text not null,
  envelope_from text,
  envelope_to text not null,
  received_at integer not null,
  kept_at integer not null,
  size integer not null,
  oversize integer,
  silent text
);
create table if not exists raw (
  letter integer primary key references letters (id),
  bytes blob not null
);
create table if not exists boxes (
  id integer primary key,
  account text not null,
  mailbox text not null,
  uid_validity text not null,
  taken_on_at integer not null,
  uid_next integer not null,
  renumbered integer not null,
  unique (account, mailbox, uid_validity)
);
create table if not exists ledger (
  box integer not null references boxes (id),
  uid integer not null,
  state text not null,
  letter integer,
  finished integer not null,
  primary key (box, uid)
) without rowid;
create index if not exists ledger_unfinished on ledger (box, uid) where finished = 0;
${REMOVALS_SCHEMA}`;
const VERSION = 1;

const versionOf = (file: Database.Database) => Number(file.pragma('user_version', { simple: true }));

/** Whether the open spool.db was written by a newer kvitok. */
export const spoolIsNewer = (file: Database.Database): boolean => versionOf(file) > VERSION;

/** Opens the spool file, making it where it is missing. Throws SqliteError where it can't, NewerVersion where it must not. */
export function openSpool(path: string, fault?: Fault): Spool {
  const file = openFile(path);
  if (spoolIsNewer(file)) {
    file.close();
    throw new NewerVersion(path);
  }
  // what is there already is not written again: an admin looks into it also while the disk is full or somebody else writes
  file.exec(SCHEMA);
  if (versionOf(file) < VERSION) file.pragma(`user_version = ${VERSION}`);
  const insert = file.prepare(
    `insert into letters (delivery_key, source, digest, envelope_from, envelope_to, received_at, kept_at, size, oversize, silent)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (delivery_key) do nothing`,
  );
  const insertRaw = file.prepare('insert into raw (letter, bytes) values (?, ?)');
  const byKey = file.prepare<[string], { id: number }>('select id from letters where delivery_key = ?');
  const after = file.prepare<[number, number], Row>('select * from letters where id > ? order by id limit ?');
  const byId = file.prepare<[number], Row>('select * from letters where id = ?');
  const rawById = file.prepare<[number], { bytes: Buffer }>('select bytes from raw where letter = ?');
  const note = noteKept(file);

  const keepOne = (d: Delivery, digest: string, now: number): Kept => {
    const { from, to } = d.envelope;
    const done = insert.run(
      d.key,
      d.source,
      digest,
      from,
      JSON.stringify(to),
      d.receivedAt,
      now,
      d.raw.byteLength,
      d.oversize ?? null,
      d.silent ?? null,
    );
    const kept =
      done.changes === 1
        ? { letter: Number(done.lastInsertRowid), again: false }
        : { letter: byKey.get(d.key)!.id, again: true };
    if (!kept.again) insertRaw.run(kept.letter, d.raw);
    note(d.key, kept.letter);
    return kept;
  };
  const keepAll = file.transaction((deliveries: readonly Delivery[], digests: readonly string[], now: number) => {
    const kept = deliveries.map((d, i) => keepOne(d, digests[i]!, now));
    fault?.('raw-written');
    return kept;
  });

  return {
    ledger: ledgerOf(file, fault),
    removals: removalsOf(file),
    audit: auditOf(file),
    keep: (deliveries, now) => {
      // digests first: no hashing while the write lock is held
      const digests = deliveries.map((d) => contentDigest(d.raw));
      return keepAll.immediate(deliveries, digests, now);
    },
    together: (calls) => file.transaction(calls).immediate(),
    after: (id, most) => after.all(id, most).map(fromRow),
    get: (id) => {
      const row = byId.get(id);
      return row ? fromRow(row) : null;
    },
    raw: (id) => rawById.get(id)?.bytes ?? null,
    reserve: (id) => {
      if (
        file.prepare('update sqlite_sequence set seq = max(seq, ?) where name = ?').run(id, 'letters').changes === 0
      ) {
        file.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run('letters', id);
      }
    },
    damaged: () => damagedLetters(file),
    backup: async (to) => {
      await copyWhole(file, to);
    },
    close: () => {
      file.close();
    },
  };
}

interface Row {
  id: number;
  source: string;
  digest: string;
  envelope_from: string | null;
  envelope_to: string;
  received_at: number;
  size: number;
  oversize: number | null;
  silent: string | null;
}

function fromRow(row: Row): SpooledLetter {
  return {
    id: row.id,
    source: row.source,
    digest: row.digest,
    envelope: { from: row.envelope_from, to: JSON.parse(row.envelope_to) as string[] },
    receivedAt: row.received_at,
    size: row.size,
    oversize: row.oversize,
    silent: row.silent,
  };
}
