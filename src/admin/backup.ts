// kvitok backup FILE: a consistent copy of both databases in one tar file, taken while kvitok runs.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { create } from 'tar';
import { DESK_FILE, SPOOL_FILE } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { say, withData } from './open-data.ts';
import { bytes } from './page.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<file>', 'where to write the backup; an existing file is not overwritten')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok backup /var/backups/kvitok-$(date +%F).tar')
    .action(async (file: string) => {
      if (fs.existsSync(file))
        throw new CommandError(73, [`kvitok backup: ${file} is there already; name another file`]);
      // beside the target, so that a full disk shows before a half backup has its final name
      const scratch = fs.mkdtempSync(`${path.resolve(file)}.part-`);
      try {
        await withData(command, (store) => store.backup(scratch));
        const whole = path.join(scratch, 'backup.tar');
        await create({ file: whole, cwd: scratch, portable: true }, [DESK_FILE, SPOOL_FILE]);
        fs.renameSync(whole, file);
        say(`${file}: ${bytes(fs.statSync(file).size)}`);
      } finally {
        fs.rmSync(scratch, { recursive: true, force: true });
      }
    });
}
