// One data folder has one daemon. The lock is SQLite's own on a file of its own: the system lets it go when the process dies,
// however it dies. Who holds it stands in a note beside it.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from './folder.ts';

/** better-sqlite3 closes a file that nobody refers to any more, and the lock would go with it. */
const held = new Set<Database.Database>();

export interface FolderLock {
  release(): void;
}

/** Takes the lock of a data folder (made where it is missing), or says who holds it. Throws where it can't be written. */
export function lockFolder(dir: string, what: string): FolderLock | { readonly heldBy: string } {
  makeFolder(dir);
  const note = path.join(dir, 'lock.txt');
  const file = new Database(path.join(dir, 'lock.db'), { timeout: 0 });
  try {
    file.pragma('locking_mode = EXCLUSIVE');
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (!isBusy(error)) throw error;
    return { heldBy: fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : 'another process' };
  }
  fs.writeFileSync(note, `${what}, process ${process.pid} on ${os.hostname()}, since ${new Date().toISOString()}\n`);
  held.add(file);
  return {
    release: () => {
      held.delete(file);
      fs.rmSync(note, { force: true });
      file.exec('rollback');
      file.close();
    },
  };
}

const isBusy = (error: unknown) => /^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? '');
