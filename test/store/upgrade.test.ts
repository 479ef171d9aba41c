// Upgrade and the way back: an older data folder is brought up to date, a newer one is refused before anything is written.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SqliteFile } from '../../src/store/dialect.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openFile } from '../../src/store/sqlite.ts';
import { DESK_FILE, openExisting, openStore, SPOOL_FILE } from '../../src/store/store.ts';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-upgrade-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

/** Changes a file of the folder as a program of another version would. */
function change(name: string, sql: string): void {
  const file = new Database(path.join(dir, name));
  file.exec(sql);
  file.close();
}

const bytesOf = (name: string) => fs.readFileSync(path.join(dir, name));

test('a data folder that the first version made is opened and brought up to date, and its rows stay', async () => {
  const db = new Kysely<unknown>({ dialect: new SqliteFile(openFile(path.join(dir, DESK_FILE))) });
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateTo(
    '0001-first',
  );
  expect(error).toBeUndefined();
  await db.destroy();
  change(DESK_FILE, `insert into settings (name, value) values ('signing-key', 'of the first version')`);
  const store = await openStore(dir);
  expect(await store.db.selectFrom('settings').select('value').execute()).toEqual([{ value: 'of the first version' }]);
  const done = new Database(path.join(dir, DESK_FILE)).prepare('select name from kysely_migration order by name').all();
  expect(done).toEqual(Object.keys(MIGRATIONS).map((name) => ({ name })));
  await store.close();
});

test('letters that were set aside before are set aside for the reason that their rows show, and others are not', async () => {
  const db = new Kysely<unknown>({ dialect: new SqliteFile(openFile(path.join(dir, DESK_FILE))) });
  await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateTo('0010-filings');
  await db.destroy();
  const rows: readonly (readonly [disposition: string, kind: string | null, because: string, aside: string | null])[] =
    [
      ['quarantined', null, 'the reader failed', 'failed'],
      ['quarantined', 'human', 'held, Анна is asked: newer', 'held'],
      [
        'quarantined',
        'human',
        'from an operator’s address without proof (no-token), the operator is asked',
        'unproven',
      ],
      ['quarantined', 'human', 'from an operator’s address without proof (no-token): asked often enough', 'unasked'],
      ['quarantined', 'human', 'given up by Анна', 'given-up'],
      ['automatic', 'auto-replied', 'auto-replied by rule precedence, set aside', 'automatic'],
      ['own', 'own-mail', 'own-mail, set aside', 'own'],
      ['duplicate', 'human', 'the same letter as 1', null],
    ];
  const file = new Database(path.join(dir, DESK_FILE));
  const insert = file.prepare(
    `insert into letters (id, digest, received_at, attempts, not_before, disposition, kind, because)
     values (?, 'd', 0, 1, 0, ?, ?, ?)`,
  );
  for (const [i, [disposition, kind, because]] of rows.entries()) insert.run(i + 1, disposition, kind, because);
  file.close();
  const store = await openStore(dir);
  const found = await store.db.selectFrom('letters').select('aside').orderBy('id').execute();
  expect(found.map(({ aside }) => aside)).toEqual(rows.map(([, , , aside]) => aside));
  await store.close();
});

test('a spool from before removals were noted gets their table, and its letters stay', async () => {
  const store = await openStore(dir);
  const envelope = { from: null, to: [] };
  store.spool.keep([{ source: 'file', key: 'a', receivedAt: 0, envelope, raw: Buffer.from('x') }], 0);
  await store.close();
  change(SPOOL_FILE, 'drop table removals');
  const again = await openStore(dir);
  expect(again.spool.raw(1)).toEqual(Buffer.from('x'));
  expect(again.spool.removals.of(1)).toBeNull();
  await again.close();
});

test.each([
  [DESK_FILE, `insert into kysely_migration (name, timestamp) values ('9999-of-a-later-version', '2030-01-01')`],
  [SPOOL_FILE, 'pragma user_version = 99'],
])(
  'a folder whose %s a newer version wrote is refused in one line, and not a byte of it changes',
  async (name, sql) => {
    await (await openStore(dir)).close();
    change(name, sql);
    const before = [bytesOf(DESK_FILE), bytesOf(SPOOL_FILE)];
    const refusal = `${path.join(dir, name)} was written by a newer version of kvitok`;
    await expect(openStore(dir)).rejects.toThrow(refusal);
    expect(() => openExisting(dir)).toThrow(refusal);
    expect([bytesOf(DESK_FILE), bytesOf(SPOOL_FILE)].map((bytes, i) => bytes.equals(before[i]!))).toEqual([true, true]);
  },
);
