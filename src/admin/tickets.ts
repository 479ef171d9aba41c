// kvitok tickets: a list, newest first, or what a search finds.

import { type Command, Option } from 'commander';
import type { TicketState } from '../desk/tickets.ts';
import { listTickets } from '../store/tickets.ts';
import { configOption } from './config-option.ts';
import { countOption, printJson, say, withData } from './open-data.ts';
import { moment, table } from './page.ts';

interface Options {
  readonly search?: string;
  readonly state?: TicketState;
  readonly from?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const STATES: readonly TicketState[] = ['new', 'open', 'waiting', 'deferred', 'resolved', 'merged', 'spam'];

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .option('--search <words>', 'tickets in which every word occurs, in any of its Russian or English forms')
    .addOption(new Option('--state <state>', 'only tickets in this state').choices(STATES))
    .option('--from <address>', 'only tickets of this requester')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok tickets --search "не открывается корзина"')
    .action(async (options: Options) => {
      const most = countOption('--limit', options.limit, 10_000);
      await withData(command, async ({ db }) => {
        const { state, search, from } = options;
        const rows = await listTickets(
          db,
          {
            ...(state ? { state } : {}),
            ...(from ? { requester: from.toLowerCase() } : {}),
            ...(search === undefined ? {} : { search }),
          },
          most,
        );
        if (options.json) return printJson(rows);
        if (rows.length === 0) return say('no tickets');
        const cells = rows.map((t) => [
          t.number,
          t.state,
          moment(t.opened_at),
          t.requester,
          t.subject || '(no subject)',
        ]);
        process.stdout.write(table(['ticket', 'state', 'opened', 'from', 'subject'], cells, 4));
      });
    });
}
