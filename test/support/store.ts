// A store in a folder of its own for one test, closed and removed behind it.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStore, type Store } from '../../src/store/store.ts';

/** Opens a fresh store, hands it to `use`, removes it. */
export async function withStore<T>(use: (store: Store, dir: string) => Promise<T>): Promise<T> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-store-'));
  const store = await openStore(dir);
  try {
    return await use(store, dir);
  } finally {
    await store.close();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** A log that keeps its lines for the test to read. */
export function rememberingLog() {
  const lines: { level: string; message: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, message, fields });
  const log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
    lines,
  };
  return log;
}
