// kvitok outbox: letters that leave, newest first.

import { type Command, Option } from 'commander';
import { listOutgoing } from '../store/outbox.ts';
import type { OutboxState } from '../store/schema.ts';
import { configOption } from './config-option.ts';
import { countOption, printJson, say, ticketId, withData } from './open-data.ts';
import { moment, table } from './page.ts';

interface Options {
  readonly state?: OutboxState;
  readonly ticket?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const STATES: readonly OutboxState[] = ['queued', 'sending', 'sent', 'failed', 'unknown'];

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .addOption(new Option('--state <state>', 'only letters in this state').choices(STATES))
    .option('--ticket <id>', 'only letters of this ticket')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok outbox --state failed')
    .action(async (options: Options) => {
      const most = countOption('--limit', options.limit, 10_000);
      const filter = {
        ...(options.state ? { state: options.state } : {}),
        ...(options.ticket === undefined ? {} : { ticket: ticketId(options.ticket) }),
      };
      await withData(command, async ({ db }) => {
        const rows = await listOutgoing(db, filter, most);
        if (options.json) return printJson(rows);
        if (rows.length === 0) return say('no letters');
        const cells = rows.map((row) => [
          String(row.id),
          row.state,
          moment(row.created_at),
          row.number,
          row.recipient,
          `${row.form} ${row.kind}`,
          row.last_error ?? '',
        ]);
        process.stdout.write(table(['id', 'state', 'written', 'ticket', 'to', 'letter', 'last error'], cells, 6));
      });
    });
}
