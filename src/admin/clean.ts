// kvitok clean: removes what has outlived the retention of the configuration, now instead of at night, or only counts it.

import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Removed, type RetentionKind, removeOutlived } from '../store/retention.ts';
import { configOption } from './config-option.ts';
import { printJson, say, withData } from './open-data.ts';
import { bytes, table } from './page.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .option('--dry-run', 'only say what would go')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok clean --dry-run')
    .action(async (options: { dryRun?: boolean; json?: boolean }) => {
      await withData(command, async (store, { retention }) => {
        if (Object.values(retention).every((days) => days === null)) {
          if (!options.json) return say('everything is kept: no age is set under "retention" in the configuration');
        }
        const dry = options.dryRun === true;
        const run = { rules: retention, now: Date.now(), dry, pause: () => wait(PAUSE_MS) };
        const removed = await removeOutlived(store, run);
        if (options.json) printJson(removed);
        else process.stdout.write(page(removed, dry));
      });
    });
}

/** Between two commits the daemon beside us gets its turn. */
const PAUSE_MS = 5;

const KINDS: Readonly<Record<RetentionKind, string>> = {
  resolved: 'of tickets at rest',
  quarantined: 'set aside',
  automatic: 'automatic, on no ticket',
};

function page(removed: Removed, dry: boolean): string {
  const rows = (Object.keys(KINDS) as RetentionKind[]).map((kind) => {
    const { letters, bytes: size } = removed[kind];
    return [KINDS[kind], String(letters), bytes(size)];
  });
  return table([dry ? 'letters that would go' : 'letters removed', 'number', 'size'], rows);
}
