// Bytes that leave the spool: by age, or because a person asked to be forgotten. In: letters; out: the same rows without
// bytes, and a note when and why. The row, its key and its digest stay, so that no letter is ever taken in twice.

import type Database from 'better-sqlite3';

/** `retention`: by age. `erased`: on request of the person who wrote it. */
export type RemovalReason = 'retention' | 'erased';

export interface Removal {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly because: RemovalReason;
}

export interface Removals {
  /** Removes the bytes of letters in one commit. To be called with few of them: the lock is held meanwhile. */
  remove(letters: readonly number[], because: RemovalReason, now: number): void;
  /** When and why the bytes of a letter were removed; null where they were not. */
  of(letter: number): Removal | null;
  /** Sizes of those that have bytes, by letter. */
  sizes(letters: readonly number[]): ReadonlyMap<number, number>;
  /** Letters whose envelope names this address as the sender, in any case of its letters. */
  fromEnvelope(address: string): readonly number[];
  /** Forgets who sent the envelopes of letters; they read as if the source had not told. */
  eraseEnvelopes(letters: readonly number[]): void;
  /** From now on, what is removed is overwritten on the disk as well. */
  overwrite(): void;
  /** Gives free pages back to the system, a few in each commit; gives false when there are none left to give. */
  shrink(): boolean;
  /** Moves what was written lately into the file itself and empties the log beside it (WAL). */
  settle(): void;
}

export const REMOVALS_SCHEMA = `
create table if not exists removals (
  letter integer primary key references letters (id),
  removed_at integer not null,
  because text not null
);
`;

/** The removals of an opened spool file. */
export function removalsOf(file: Database.Database): Removals {
  const note = file.prepare(
    'insert into removals (letter, removed_at, because) values (?, ?, ?) on conflict (letter) do update set removed_at = excluded.removed_at, because = excluded.because',
  );
  const removeRaw = file.prepare('delete from raw where letter = ?');
  const noteOf = file.prepare<[number], Removal>('select removed_at as at, because from removals where letter = ?');
  const sizeOf = file.prepare<[number], { size: number }>(
    'select size from letters where id = ? and exists (select 1 from raw where letter = id)',
  );
  const fromEnvelope = file.prepare<[string], { id: number }>(
    'select id from letters where lower(envelope_from) = lower(?) order by id',
  );
  const eraseEnvelope = file.prepare('update letters set envelope_from = null where id = ?');
  const remove = file.transaction((letters: readonly number[], because: RemovalReason, now: number) => {
    for (const letter of letters) {
      removeRaw.run(letter);
      note.run(letter, now, because);
    }
  });
  return {
    remove: (letters, because, now) => remove.immediate(letters, because, now),
    of: (letter) => noteOf.get(letter) ?? null,
    sizes: (letters) =>
      new Map(
        letters.flatMap((letter) => {
          const row = sizeOf.get(letter);
          return row ? [[letter, row.size] as const] : [];
        }),
      ),
    fromEnvelope: (address) => fromEnvelope.all(address).map(({ id }) => id),
    eraseEnvelopes: file.transaction((letters: readonly number[]) => {
      for (const letter of letters) eraseEnvelope.run(letter);
    }),
    overwrite: () => void file.pragma('secure_delete = ON'),
    shrink: () => {
      const before = freePages(file);
      file.exec(`pragma incremental_vacuum(${PAGES_A_COMMIT})`);
      return freePages(file) < before;
    },
    settle: () => void file.pragma('wal_checkpoint(TRUNCATE)'),
  };
}

/** A megabyte: some milliseconds under the lock. */
const PAGES_A_COMMIT = 256;

const freePages = (file: Database.Database) => Number(file.pragma('freelist_count', { simple: true }));
