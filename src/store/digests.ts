// Whether the letters of a spool are the bytes that were handed over: each is compared with the digest and the size that were
// noted when it was kept. SQLite's own check looks at its pages and not at what is in them.

import type Database from 'better-sqlite3';
import { contentDigest } from '../mail/digest.ts';

interface Row {
  readonly id: number;
  readonly digest: string;
  readonly size: number;
  readonly bytes: Buffer | null;
}

/** Numbers of the letters whose bytes are others, or gone although nobody removed them. One letter is in memory at a time. */
export function damagedLetters(file: Database.Database): readonly number[] {
  const rows = file.prepare<[], Row>(
    `select letters.id, digest, size, bytes from letters left join raw on raw.letter = letters.id
     where bytes is not null or not exists (select 1 from removals where removals.letter = letters.id) order by letters.id`,
  );
  const damaged: number[] = [];
  for (const { id, digest, size, bytes } of rows.iterate()) {
    if (bytes === null || bytes.length !== size || contentDigest(bytes) !== digest) damaged.push(id);
  }
  return damaged;
}
