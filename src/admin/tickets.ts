// kvitok tickets: a list, newest first, or what a search finds.

import { type Command, Option } from 'commander';
import type { TicketState } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import { listTickets } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { countOption, footnote, printJson, say, withData } from './open-data.ts';
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
      const filter = filterOf(options);
      await withData(command, async ({ db }, { desk }) => {
        const rows = await listTickets(db, filter, most);
        if (options.json) return printJson(rows);
        if (rows.length === 0) return say(Object.keys(filter).length > 0 ? 'no ticket fits' : 'no tickets yet');
        const cells = rows.map((t) => [
          t.number,
          t.state,
          moment(t.opened_at, desk.timeZone),
          t.requester,
          t.subject || '(no subject)',
        ]);
        process.stdout.write(table(['ticket', 'state', 'opened', 'from', 'subject'], cells, 3, 4));
        footnote(rows.length, most, desk.timeZone);
      });
    });
}

function filterOf({ state, search, from }: Options) {
  const requester = from === undefined ? null : identity(from);
  if (from !== undefined && requester === null)
    throw new CommandError(64, [`kvitok tickets: --from takes an e-mail address, not ${from}`]);
  return {
    ...(state ? { state } : {}),
    ...(requester === null ? {} : { requester }),
    ...(search === undefined ? {} : { search }),
  };
}
