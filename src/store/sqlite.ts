// A SQLite file as this project wants it: WAL with synchronous=FULL, so that a commit that was answered survives a power cut.

import Database from 'better-sqlite3';

/** Opens (and makes, unless `readonly`) a database file. Throws SqliteError where it can't. */
export function openFile(path: string, options: { readonly?: boolean } = {}): Database.Database {
  const file = new Database(path, { readonly: options.readonly ?? false, timeout: 5000 });
  if (!options.readonly) {
    // only a new file takes it, and any other would be written to: what retention frees can be given back to the system
    if (file.pragma('page_count', { simple: true }) === 0) file.pragma('auto_vacuum = INCREMENTAL');
    file.pragma('journal_mode = WAL');
    file.pragma('synchronous = FULL');
  }
  file.pragma('foreign_keys = ON');
  // what is taken out of a page is overwritten in it, which costs no page more; whole pages when a person is forgotten
  file.pragma('secure_delete = FAST');
  // what a savepoint would undo is held in memory: a letter touches few pages, and a file for it costs as much as they do
  file.pragma('temp_store = MEMORY');
  file.pragma('cache_size = -4000');
  return file;
}

/**
 * Copies a database into a file while others write to it. In one step, for SQLite begins a copy anew at every write of
 * another process: that of a large spool on a busy day would never end.
 */
export async function copyWhole(file: Database.Database, to: string): Promise<void> {
  await file.backup(to, { progress: () => ALL_PAGES });
}

const ALL_PAGES = 0x7fff_ffff;
