// kvitok outbox: letters that leave: listed, shown, sent again, dropped.

import { type Command, Option } from 'commander';
import { listOutgoing } from '../store/outbox-listing.ts';
import { readersOf } from '../store/outbox-queue.ts';
import type { OutboxState } from '../store/schema.ts';
import { configOption } from './config-option.ts';
import { countOption, footnote, printJson, say, ticketId, withData } from './open-data.ts';
import { drop, retry } from './outbox-change.ts';
import { show } from './outbox-show.ts';
import { moment, table } from './page.ts';

const STATES: readonly OutboxState[] = ['queued', 'sending', 'sent', 'failed', 'unknown', 'dropped'];

/** Adds subcommands; without one it lists. */
export function define(command: Command): void {
  command
    .command('list', { isDefault: true })
    .description('letters, newest first')
    .addOption(configOption())
    .addOption(new Option('--state <state>', 'only letters in this state').choices(STATES))
    .option('--ticket <id>', 'only letters of this ticket')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok outbox list --state failed')
    .action(list);
  command
    .command('show')
    .description('one letter as it leaves: its headers and its text')
    .argument('<letter>', 'its number in the outbox')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok outbox show 17')
    .action(show);
  command
    .command('retry')
    .description('try letters again now: what failed, what waits, what perhaps arrived')
    .argument('<letters...>', 'their numbers in the outbox')
    .addOption(configOption())
    .option('--yes', 'do not ask before an acknowledgement that perhaps arrived is sent twice')
    .addHelpText('after', '\nExample:\n  kvitok outbox retry 17 18')
    .action(retry);
  command
    .command('drop')
    .description('decide that letters shall not leave; their tickets remember it')
    .argument('<letters...>', 'their numbers in the outbox')
    .addOption(configOption())
    .requiredOption('--because <reason>', 'why, for whoever reads the ticket')
    .addHelpText('after', '\nExample:\n  kvitok outbox drop 17 --because "the address was mistyped, answered by phone"')
    .action(drop);
}

interface Options {
  readonly state?: OutboxState;
  readonly ticket?: string;
  readonly limit: string;
  readonly json?: boolean;
}

async function list(options: Options, command: Command): Promise<void> {
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
      String(row.id),
      row.number ?? '',
      `${row.form} ${row.kind}`,
      readersOf(row).join(', '),
      moment(row.created_at, desk.timeZone),
      row.state,
      row.last_error ?? '',
    ]);
    const heads = ['letter', 'ticket', 'kind', 'to', 'written', 'state', 'last error'];
    // where nothing went wrong the column would only take room
    const shown = rows.some((row) => row.last_error !== null) ? heads : heads.slice(0, -1);
    const cut = cells.map((row) => row.slice(0, shown.length));
    process.stdout.write(table(shown, cut, 2, 3, 6));
    footnote(rows.length, most, desk.timeZone);
  });
}
