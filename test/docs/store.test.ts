// docs/store.md against a store that was just made: an admin who looks into the files finds what the page says.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { DESK_FILE, openStore, SPOOL_FILE } from '../../src/store/store.ts';
import { named, read, rowsBelow } from './pages.ts';

const page = read('docs/store.md');
let dir = '';

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-store-page-'));
  await (await openStore(dir)).close();
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Tables of a file with their columns; what SQLite, FTS5 and the migrator keep for themselves is left out. */
function tablesOf(name: string): Map<string, readonly string[]> {
  const file = new Database(path.join(dir, name), { readonly: true });
  const all = file
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%' and name not like 'entry_search_%'",
    )
    .all();
  const columns = all.map(
    (table) => [table.name, file.pragma(`table_info(${table.name})`) as { name: string }[]] as const,
  );
  file.close();
  return new Map(columns.map(([table, rows]) => [table, rows.map((row) => row.name)]));
}

/** The part of the page about one file. */
const chapter = (name: string) =>
  page
    .slice(page.indexOf(`\n## ${name}`))
    .replace(/^\n(## .*?)(?=\n## |$(?![\s\S]))/s, '$1')
    .split(/\n## /)[0]!;

const tablesIn = (text: string) => [...text.matchAll(/^### `(\w+)`/gm)].map((match) => match[1]!);

test.each([SPOOL_FILE, DESK_FILE])('the page shows the tables of %s, each once', (name) => {
  expect(tablesIn(chapter(name)).toSorted()).toEqual([...tablesOf(name).keys()].toSorted());
});

test.each([SPOOL_FILE, DESK_FILE])('every column that the page explains is in its table of %s', (name) => {
  const tables = tablesOf(name);
  const missing = tablesIn(chapter(name)).flatMap((table) =>
    rowsBelow(chapter(name), table)
      .map(([column]) => named(column))
      .filter((column) => !tables.get(table)?.includes(column))
      .map((column) => `${table}.${column}`),
  );
  expect(missing).toEqual([]);
});
