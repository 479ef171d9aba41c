// kvitok outbox: letters that leave, newest first.

import { type Command, Option } from 'commander';
import { listOutgoing } from '../store/outbox-listing.ts';
import type { OutboxState } from '../store/schema.ts';
import { configOption } from './config-option.ts';
import { countOption, footnote, printJson, say, ticketId, withData } from './open-data.ts';
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
      await withData(command, async ({ db }, { desk }) => {
        const rows = await listOutgoing(db, filter, most);
        if (options.json) return printJson(rows);
        if (rows.length === 0) return say(Object.keys(filter).length > 0 ? 'no letter fits' : 'no letter has left yet');
        const cells = rows.map((row) => [
          row.number ?? '',
          `${row.form} ${row.kind}`,
          row.recipient,
          moment(row.created_at, desk.timeZone),
          row.state,
          row.last_error ?? '',
        ]);
        const heads = ['ticket', 'letter', 'to', 'written', 'state', 'last error'];
        // where nothing went wrong the column would only take room
        const shown = rows.some((row) => row.last_error !== null) ? heads : heads.slice(0, -1);
        process.stdout.write(
          table(
            shown,
            cells.map((row) => row.slice(0, shown.length)),
            1,
            2,
            5,
          ),
        );
        footnote(rows.length, most, desk.timeZone);
      });
    });
}
