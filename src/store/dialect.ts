// SQLite as Kysely is to speak it: transactions that take the write lock when they begin, migrations that are one transaction,
// statements prepared once. Apart from the file, for the thread that keeps letters has no need of Kysely.

import type Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';

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
