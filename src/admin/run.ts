// kvitok run: the daemon in the foreground, until SIGTERM or SIGINT; SIGHUP reads the configuration and the templates again.

import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import type { Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import { endOnAccident } from '../daemon/accident.ts';
import { notifier } from '../daemon/notify.ts';
import { reload } from '../daemon/reload.ts';
import { startDaemon } from '../daemon.ts';
import { isStaffedDesk } from '../ingest/rules.ts';
import { UNSTAFFED } from './check-operators.ts';
import { CommandError } from './command-error.ts';
import { configOption, configPath, openConfig } from './config-option.ts';
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
      const { log } = options;
      endOnAccident(log);
      warnUnstaffed(config, log);
      const hangup = Promise.withResolvers<() => void>();
      onHangup(() => void hangup.promise.then((readAgain) => readAgain()));
      const daemon = await opened(config, () => startDaemon(config, options));
      const systemd = notifier({ env: process.env, log, alive: daemon.room.alive });
      systemd.ready();
      let inForce = config;
      hangup.resolve(() => {
        inForce = reload(inForce, loadConfig(configPath(command), process.env), daemon.room, log);
        warnUnstaffed(inForce, log);
      });
      await untilStopped();
      systemd.stopping();
      await daemon.stop();
      systemd.close();
    });
}

/** At the start and whenever the people of the desk may have changed. */
function warnUnstaffed(config: Config, log: Log): void {
  if (!isStaffedDesk(config)) log.warn({ event: 'unstaffed' }, UNSTAFFED);
}

/** On a terminal SIGHUP means that it was closed, and ends the daemon like any other program; elsewhere it is the admin's. */
function onHangup(act: () => void): void {
  if (process.stdout.isTTY !== true) process.on('SIGHUP', act);
}

/** The first signal ends the work in order; a second one, either of them, ends the process at once. */
async function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of SIGNALS) process.once(signal, () => resolve());
  await promise;
  for (const signal of SIGNALS) process.on(signal, () => process.exit(130));
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
