// kvitok tickets: a list, newest first, or what a search finds; with --due the queue, as it is to be answered.

import { type Command, Option } from 'commander';
import type { Config } from '../config/schema.ts';
import { STATES, type TicketState } from '../desk/tickets.ts';
import { timetableOf } from '../desk/timetable.ts';
import { identity } from '../mail/address.ts';
import { type QueueOrder, waitingTickets } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { listTickets } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { countOption, footnote, printJson, say, withData } from './open-data.ts';
import { moment, table } from './page.ts';
import { queueTable, requesterCell, withTimeLeft } from './tickets-due.ts';

interface Options {
  readonly search?: string;
  readonly state?: TicketState;
  readonly from?: string;
  readonly due?: boolean;
  readonly by: QueueOrder;
  readonly limit: string;
  readonly json?: boolean;
}

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .option('--search <words>', 'tickets in which every word occurs, in any of its Russian or English forms')
    .addOption(new Option('--state <state>', 'only tickets in this state').choices(STATES))
    .option('--from <address>', 'only tickets of this requester')
    .addOption(
      new Option(
        '--due',
        'what waits for an answer: critical first, then by arrival; with what is left of the time',
      ).conflicts(['search', 'state']),
    )
    .addOption(
      new Option('--by <order>', 'of --due: the queue of the regulation, or what is due first')
        .choices(['queue', 'deadline'])
        .default('queue'),
    )
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok tickets --search "не открывается корзина"\n  kvitok tickets --due')
    .action(async (options: Options) => {
      const most = countOption('--limit', options.limit, 10_000);
      const filter = filterOf(options);
      await withData(command, async ({ db }, config) => {
        const { desk } = config;
        if (options.due) return printQueue(db, { ...filter, order: options.by }, most, config, options.json === true);
        const rows = await listTickets(db, filter, most);
        if (options.json) return printJson(rows);
        if (rows.length === 0) return say(Object.keys(filter).length > 0 ? 'no ticket fits' : 'no tickets yet');
        const cells = rows.map((t) => [
          t.number,
          t.state,
          moment(t.opened_at, desk.timeZone),
          requesterCell(t),
          t.subject || '(no subject)',
        ]);
        process.stdout.write(table(['ticket', 'state', 'opened', 'from', 'subject'], cells, 3, 4));
        footnote(rows.length, most, desk.timeZone);
      });
    });
}

async function printQueue(
  db: Store['db'],
  { order, ...filter }: { readonly requester?: string; readonly order: QueueOrder },
  most: number,
  config: Config,
  json: boolean,
): Promise<void> {
  const now = Date.now();
  const rows = withTimeLeft(await waitingTickets(db, filter, most, order), timetableOf(config), now);
  if (json) return printJson(rows);
  if (rows.length === 0) return say('nothing waits for an answer');
  process.stdout.write(queueTable(rows, config.desk.timeZone, now, order));
  footnote(rows.length, most, config.desk.timeZone);
  say(ORDERED[order]);
  if (order === 'queue' && rows.some((row) => row.before_its_turn)) say(BEFORE_ITS_TURN);
}

const ORDERED: Readonly<Record<QueueOrder, string>> = {
  queue: 'in the order of the queue: critical first, then by arrival; --by deadline sorts by what is due first',
  deadline: 'by what is due first; without --by deadline in the order of the queue',
};
const BEFORE_ITS_TURN =
  'before its turn: due sooner than one that came earlier; answered in its turn, it may miss the time of its level';

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
