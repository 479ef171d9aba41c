// What `kvitok restore` looks at before anything is put aside: that an unpacked backup is whole, is kvitok's, can be opened by
// this version, and holds the letters that were kept. In: a folder with the two databases, and what to call it; out: what
// is wrong, or null.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { spoolIsNewer } from '../store/spool.ts';
import { openFile } from '../store/sqlite.ts';
import { DESK_FILE, deskIsNewer, openStore, SPOOL_FILE } from '../store/store.ts';
import { inWords } from './system-error.ts';

const FILES = [DESK_FILE, SPOOL_FILE];

/** Looks at a folder and brings its tables up to date, so that the next start can't fail on them. */
export async function wrongWith(dir: string, backup: string): Promise<string | null> {
  for (const name of FILES) {
    const wrong = damageOf(path.join(dir, name)) ?? foreignIn(path.join(dir, name));
    if (wrong !== null) return `${name} in ${backup} ${wrong}`;
  }
  try {
    await (await openStore(dir)).close();
  } catch (error) {
    return `the tables in ${backup} can't be brought up to date: ${inWords(error)}`;
  }
  return lacking(dir, backup);
}

/** The letters of an unpacked backup that are not what was kept. */
export function damagedIn(dir: string, look: (file: Database.Database) => readonly number[]): readonly number[] {
  return opened(path.join(dir, SPOOL_FILE), look);
}

function opened<T>(path: string, use: (file: Database.Database) => T): T {
  const file = openFile(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

function damageOf(path: string): string | null {
  try {
    const verdict = opened(path, (file) => String(file.pragma('integrity_check(1)', { simple: true })));
    return verdict === 'ok' ? null : `is damaged: ${verdict.replace(/^\*\*\*.*\n/, '').split('\n')[0]}`;
  } catch (error) {
    return `is damaged: ${(error as Error).message}`;
  }
}

/** kvitok has neither triggers nor views: one in a file from elsewhere would act at the first letter. */
function foreignIn(path: string): string | null {
  return opened(path, (file) => {
    if (spoolIsNewer(file) || deskIsNewer(file)) return 'was written by a newer version of kvitok; install that one';
    const [object] = objects(file, "type in ('trigger', 'view')");
    return object ? `has a ${object.type} that is not kvitok's: ${object.name}` : null;
  });
}

/** Compared with a store that was made just now. */
async function lacking(dir: string, backup: string): Promise<string | null> {
  const fresh = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-restore-'));
  try {
    await (await openStore(fresh)).close();
    for (const name of FILES) {
      const [wanted, there] = [fresh, dir].map((folder) => opened(path.join(folder, name), columnsOf));
      for (const column of wanted!.difference(there!)) return `${name} in ${backup} lacks ${column}`;
      for (const column of there!.difference(wanted!))
        return `${name} in ${backup} has what is not kvitok's: ${column}`;
    }
    return null;
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** `table tickets` and `column tickets.id` of all tables. */
function columnsOf(file: Database.Database): ReadonlySet<string> {
  const names = objects(file, "type = 'table'").map(({ name }) => name);
  const columns = file.prepare<[string], { name: string }>('select name from pragma_table_xinfo(?)');
  return new Set(
    names.flatMap((table) => [`table ${table}`, ...columns.all(table).map(({ name }) => `column ${table}.${name}`)]),
  );
}

/** Without SQLite's own, which come with what it was asked to do. */
function objects(file: Database.Database, where: string) {
  return file
    .prepare<[], { type: string; name: string }>(
      `select type, name from sqlite_master where ${where} and name not like 'sqlite\\_%' escape '\\' order by name`,
    )
    .all();
}
