// kvitok once: one pass over everything that is due, for cron.

import type { Command } from 'commander';
import { runOnce } from '../daemon.ts';
import { configOption, openConfig } from './config-option.ts';
import { opened, roomOptions } from './room-option.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .addHelpText('after', '\nExample (crontab):\n  */5 * * * * kvitok once -c /etc/kvitok/kvitok.json')
    .action(async () => {
      const config = openConfig(command);
      const options = roomOptions(command, config);
      const { kept, sent, failed } = await opened(config, () => runOnce(config, options));
      options.log.info({ kept, sent, failed: failed.length }, 'one pass done');
      if (failed.length > 0) process.exitCode = 75;
    });
}
