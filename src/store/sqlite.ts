// A SQLite file as this project wants it: WAL with synchronous=FULL, so that a commit that was answered survives a power cut;
// transactions that take the write lock when they begin; migrations that are one transaction.

import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';

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

/** A plain `begin` takes the write lock at the first write and fails with SQLITE_BUSY_SNAPSHOT when another process wrote in between. */
class ImmediateDriver extends SqliteDriver {
  readonly #file: Database.Database;

  constructor(config: SqliteDialectConfig, file: Database.Database) {
    super(config);
    this.#file = file;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite rolls back by itself when the disk is full or fails; a second rollback would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}

/** Kysely says SQLite has no transactional DDL; it has, and a migration that dies halfway must leave nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Texts of statements are few, but lists in them have many lengths. */
const PREPARED = 300;

/** Kysely prepares every statement anew, which is a quarter of the cost of a small one; here it is prepared once. */
function remembering(file: Database.Database): Pick<Database.Database, 'prepare' | 'close'> {
  const prepared = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const before = prepared.get(sql);
    if (before) return before;
    const made = file.prepare(sql);
    if (prepared.size >= PREPARED) prepared.clear();
    prepared.set(sql, made);
    return made;
  };
  return { prepare: prepare as Database.Database['prepare'], close: () => file.close() };
}

/** Kysely's SQLite dialect with the two corrections above. */
export class SqliteFile extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  readonly #file: Database.Database;

  constructor(file: Database.Database) {
    const config = { database: remembering(file) };
    super(config);
    this.#config = config;
    this.#file = file;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#file);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}
