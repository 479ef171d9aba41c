// kvitok backup FILE: a consistent copy of both databases in one tar file, taken while kvitok runs.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { create } from 'tar';
import { DESK_FILE, SPOOL_FILE, type Store } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { say, withData } from './open-data.ts';
import { bytes } from './page.ts';
import { inWords } from './system-error.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<file>', 'where to write the backup; an existing file is not overwritten')
    .addOption(configOption())
    .addHelpText(
      'after',
      '\nExample:\n  kvitok backup /var/backups/kvitok-$(date +%F).tar\n\nConfiguration and templates are not in it: they are yours already.',
    )
    .action(async (file: string) => {
      if (fs.existsSync(file))
        throw new CommandError(73, [`kvitok backup: ${file} is there already; name another file`]);
      const size = await withData(command, async (store) => {
        const scratch = scratchFor(file);
        try {
          return await write(store, scratch, file);
        } catch (error) {
          throw refusal(file, error);
        } finally {
          fs.rmSync(scratch, { recursive: true, force: true });
        }
      });
      say(`${file}: ${bytes(size)}`);
    });
}

/** A folder beside the target, so that a full disk shows before a half backup has its final name. */
function scratchFor(file: string): string {
  try {
    return fs.mkdtempSync(`${path.resolve(file)}.part-`);
  } catch (error) {
    throw refusal(file, error);
  }
}

async function write(store: Store, scratch: string, file: string): Promise<number> {
  await store.backup(scratch);
  const whole = path.join(scratch, 'backup.tar');
  await create({ file: whole, cwd: scratch, portable: true }, [DESK_FILE, SPOOL_FILE]);
  // customers' letters are in it
  fs.chmodSync(whole, 0o600);
  fs.renameSync(whole, file);
  return fs.statSync(file).size;
}

const refusal = (file: string, error: unknown) =>
  new CommandError(73, [`kvitok backup: ${file} can't be written: ${inWords(error)}`]);
