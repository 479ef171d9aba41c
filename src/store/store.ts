// Opens the two files of a data folder and brings the tables up to date; closes them again.

import fs from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Fault } from '../config/fault.ts';
import { SqliteFile } from './dialect.ts';
import { makeFolder } from './folder.ts';
import { type Keeper, keeperOf } from './keeper.ts';
import { MIGRATIONS } from './migrations.ts';
import { HalfRestored, NewerVersion } from './newer.ts';
import type { Tables } from './schema.ts';
import { openSpool, type Spool } from './spool.ts';
import { copyWhole, openFile } from './sqlite.ts';

export interface Store {
  readonly db: Kysely<Tables>;
  readonly spool: Spool;
  /** Writes the spool in a thread of its own. */
  readonly keeper: Keeper;
  /** Consistent copies of both files into a folder, while others write. */
  backup(dir: string): Promise<void>;
  close(): Promise<void>;
}

/** Files of a data folder. A backup copies the spool last, so that the copy never knows a letter it lacks. */
export const SPOOL_FILE = 'spool.db';
export const DESK_FILE = 'kvitok.db';

/** Lies in a data folder while a restore moves its files: what is between them is no store. */
export const RESTORE_MARK = 'restore-unfinished';

/** Throws HalfRestored where a restore into the folder was cut off. */
export function refuseHalfRestored(dir: string): void {
  if (fs.existsSync(path.join(dir, RESTORE_MARK))) throw new HalfRestored();
}

/** Opens a store that is there, to look at it or to change a row, while a daemon may work on it. Throws where it is missing. */
export function openExisting(dir: string): Store {
  refuseHalfRestored(dir);
  const missing = [DESK_FILE, SPOOL_FILE].find((name) => !fs.existsSync(path.join(dir, name)));
  if (missing) throw new Error(`there is no ${path.join(dir, missing)} yet`);
  const file = openDesk(dir);
  const spool = path.join(dir, SPOOL_FILE);
  return storeOf(file, openSpool(spool), keeperOf({ path: spool, faults: undefined }));
}

/** Opens the store in `dir`, making it where it is missing. Throws where the folder can't be used, or was used by a newer kvitok. */
export async function openStore(dir: string, fault?: Fault): Promise<Store> {
  makeFolder(dir);
  refuseHalfRestored(dir);
  const file = openDesk(dir);
  const spoolFile = path.join(dir, SPOOL_FILE);
  const spool = openSpool(spoolFile, fault);
  const store = storeOf(file, spool, keeperOf({ path: spoolFile, faults: fault?.orders }));
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: async () => migrations(fault) } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    await store.close();
    throw error;
  }
  const last = await store.db
    .selectFrom('letters')
    .select((l) => l.fn.max('id').as('id'))
    .executeTakeFirst();
  if (last?.id) spool.reserve(last.id);
  return store;
}

/** The migrations; each can fail on purpose before its end. */
function migrations(fault: Fault | undefined): Record<string, Migration> {
  if (!fault) return MIGRATIONS;
  const faulty = ({ up }: Migration): Migration => ({
    up: async (db) => {
      await up(db);
      fault('migrating');
    },
  });
  return Object.fromEntries(Object.entries(MIGRATIONS).map(([name, migration]) => [name, faulty(migration)]));
}

/** Opens kvitok.db. Throws NewerVersion where it knows of a migration that this program does not. */
function openDesk(dir: string): Database.Database {
  const file = openFile(path.join(dir, DESK_FILE));
  if (!deskIsNewer(file)) return file;
  file.close();
  throw new NewerVersion(path.join(dir, DESK_FILE));
}

/** Whether the open kvitok.db knows of a migration that this program does not. */
export function deskIsNewer(file: Database.Database): boolean {
  return file
    .prepare<[], { name: string }>("select name from sqlite_master where name = 'kysely_migration'")
    .all()
    .flatMap(() => file.prepare<[], { name: string }>('select name from kysely_migration').all())
    .some(({ name }) => !(name in MIGRATIONS));
}

function storeOf(file: Database.Database, spool: Spool, keeper: Keeper): Store {
  const db = new Kysely<Tables>({ dialect: new SqliteFile(file) });
  return {
    db,
    spool,
    keeper,
    backup: async (to) => {
      await copyWhole(file, path.join(to, DESK_FILE));
      await spool.backup(path.join(to, SPOOL_FILE));
    },
    close: async () => {
      await keeper.close();
      await db.destroy();
      spool.close();
    },
  };
}
