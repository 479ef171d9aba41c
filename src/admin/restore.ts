// kvitok restore FILE: puts a backup into the data folder of the configuration. What is there is moved aside, never overwritten.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { extract } from 'tar';
import { lockFolder } from '../store/lock.ts';
import { openFile } from '../store/sqlite.ts';
import { DESK_FILE, RESTORE_MARK, SPOOL_FILE } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption, openConfig } from './config-option.ts';
import { say } from './open-data.ts';
import { opened } from './room-option.ts';

const FILES = [DESK_FILE, SPOOL_FILE];

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<file>', 'a file that kvitok backup wrote')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok restore /var/backups/kvitok-2026-11-20.tar')
    .action(async (file: string) => {
      const config = openConfig(command, 'left');
      if (!fs.existsSync(file)) throw new CommandError(66, [`kvitok restore: there is no file ${file}`]);
      const lock = await opened(config, async () => lockFolder(config.data, 'kvitok restore'));
      const scratch = fs.mkdtempSync(path.join(config.data, 'restore-'));
      try {
        await unpack(file, scratch);
        const mark = path.join(config.data, RESTORE_MARK);
        fs.writeFileSync(mark, '');
        const aside = moveAside(config.data);
        for (const name of FILES) fs.renameSync(path.join(scratch, name), path.join(config.data, name));
        fs.rmSync(mark);
        if (aside) say(`what was there is kept in ${aside}`);
        say(`restored into ${config.data}; kvitok run starts from it`);
      } finally {
        fs.rmSync(scratch, { recursive: true, force: true });
        lock.release();
      }
    });
}

/** Takes the two databases out of the backup, and nothing else, and looks whether they are whole. */
async function unpack(file: string, dir: string): Promise<void> {
  try {
    await extract({ file, cwd: dir, filter: isDatabase, strict: true });
  } catch (error) {
    throw new CommandError(65, [`kvitok restore: ${file} is no backup of kvitok: ${(error as Error).message}`]);
  }
  for (const name of FILES) {
    const copy = path.join(dir, name);
    if (!fs.existsSync(copy))
      throw new CommandError(65, [`kvitok restore: ${file} is no backup of kvitok: ${name} is missing in it`]);
    const damage = damageOf(copy);
    if (damage !== null) throw new CommandError(65, [`kvitok restore: ${name} in ${file} is damaged: ${damage}`]);
  }
}

/** No link or folder of that name: a file from elsewhere may hold anything. */
const isDatabase = (name: string, entry: object) =>
  FILES.includes(name) && (!('type' in entry) || entry.type === 'File');

/** What is wrong with a database file, or null. */
function damageOf(file: string): string | null {
  try {
    const database = openFile(file);
    const verdict = String(database.pragma('quick_check(1)', { simple: true }));
    database.pragma('journal_mode = DELETE');
    database.close();
    return verdict === 'ok' ? null : verdict.replace(/^\*\*\*.*\n/, '');
  } catch (error) {
    return (error as Error).message;
  }
}

/** Moves databases that are there into a folder beside them; gives the folder, or null where there were none. */
function moveAside(data: string): string | null {
  const present = FILES.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]).filter((name) =>
    fs.existsSync(path.join(data, name)),
  );
  if (present.length === 0) return null;
  const aside = path.join(data, `before-restore-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  fs.mkdirSync(aside);
  for (const name of present) fs.renameSync(path.join(data, name), path.join(aside, name));
  return aside;
}
