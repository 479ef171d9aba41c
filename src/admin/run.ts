// kvitok run: the daemon in the foreground, until SIGTERM or SIGINT.

import type { Command } from 'commander';
import { startDaemon } from '../daemon.ts';
import { CommandError } from './command-error.ts';
import { configOption, openConfig } from './config-option.ts';
import { opened, roomOptions } from './room-option.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok run -c /etc/kvitok/kvitok.json')
    .action(async () => {
      const config = openConfig(command);
      if (config.mailboxes.length === 0 && config.listeners.length === 0) {
        throw new CommandError(78, [
          'kvitok run: no mailbox is configured, so there is nothing to read; add one under "mailboxes", or a listener, or run kvitok init',
        ]);
      }
      const options = roomOptions(command, config);
      const daemon = await opened(config, () => startDaemon(config, options));
      await untilStopped();
      await daemon.stop();
    });
}

/** The first signal ends the work in order; a second one, either of them, ends the process at once. */
async function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of SIGNALS) process.once(signal, () => resolve());
  await promise;
  for (const signal of SIGNALS) process.on(signal, () => process.exit(130));
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
