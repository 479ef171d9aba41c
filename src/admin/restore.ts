// kvitok restore FILE: puts a backup into the data folder of the configuration. What is there is moved aside, never overwritten.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { extract } from 'tar';
import { damagedLetters } from '../store/digests.ts';
import { lockFolder } from '../store/lock.ts';
import { DESK_FILE, RESTORE_MARK, SPOOL_FILE } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption, openConfig } from './config-option.ts';
import { say } from './open-data.ts';
import { counted } from './page.ts';
import { damagedIn, wrongWith } from './restore-look.ts';
import { opened } from './room-option.ts';
import { inWords } from './system-error.ts';

const FILES = [DESK_FILE, SPOOL_FILE];

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<file>', 'a file that kvitok backup wrote')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok restore /var/backups/kvitok-2026-11-20.tar')
    .option('--despite-damage', 'put it back although letters in it are damaged')
    .action(async (file: string, options: { despiteDamage?: boolean }) => {
      const config = openConfig(command, 'left');
      if (!fs.existsSync(file)) throw new CommandError(66, [`kvitok restore: there is no file ${file}`]);
      const lock = await opened(config, async () => lockFolder(config.data, 'kvitok restore'));
      const scratch = fs.mkdtempSync(path.join(config.data, 'restore-'));
      try {
        await unpack(file, scratch, options.despiteDamage === true);
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
async function unpack(file: string, dir: string, despiteDamage: boolean): Promise<void> {
  try {
    await extract({ file, cwd: dir, filter: isDatabase, strict: true });
  } catch (error) {
    throw refusal(file, error);
  }
  const missing = FILES.find((name) => !fs.existsSync(path.join(dir, name)));
  if (missing !== undefined) throw notWhole(file, `${missing} is missing in it`);
  const wrong = await wrongWith(dir, file);
  if (wrong !== null) throw new CommandError(65, [`kvitok restore: ${wrong}`]);
  const damaged = damagedIn(dir, damagedLetters);
  if (damaged.length === 0) return;
  const said = `${counted(damaged.length, 'letter')} in ${file} ${damaged.length === 1 ? 'is' : 'are'} damaged: ${some(damaged)}`;
  if (!despiteDamage)
    throw new CommandError(65, [`kvitok restore: ${said}; take another backup, or this one with --despite-damage`]);
  process.stderr.write(`kvitok restore: ${said}\n`);
}

const notWhole = (file: string, what: string) =>
  new CommandError(65, [
    `kvitok restore: ${file} is no backup of kvitok that is whole: ${what}; copy it again, or take another`,
  ]);

const MOST = 20;
const some = (letters: readonly number[]) =>
  `${letters.slice(0, MOST).join(', ')}${letters.length > MOST ? ` and ${letters.length - MOST} more` : ''}`;

/** What the system says is no fault of the file; of the rest, most are copies that did not come to their end. */
function refusal(file: string, error: unknown): CommandError {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined || code === 'ENOSPC')
    return new CommandError(74, [`kvitok restore: ${file} can't be unpacked: ${inWords(error)}`]);
  if (/truncated|unexpected end/i.test(message)) return notWhole(file, 'its end is missing');
  return new CommandError(65, [`kvitok restore: ${file} is no backup of kvitok`]);
}

/** No link or folder of that name: a file from elsewhere may hold anything. */
const isDatabase = (name: string, entry: object) =>
  FILES.includes(name) && (!('type' in entry) || entry.type === 'File');

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
