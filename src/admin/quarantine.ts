// kvitok quarantine: letters that could not be handled, and automatic mail that no ticket holds. Nothing is ever dropped.

import type { Command } from 'commander';
import { cleanText } from '../mail/clean.ts';
import { retryLetter, setAside } from '../store/letters.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { goneLine } from './gone.ts';
import { countOption, footnote, printJson, say, withData } from './open-data.ts';
import { counted, moment, table } from './page.ts';

/** Adds subcommands. */
export function define(command: Command): void {
  command
    .command('list')
    .description('letters set aside, oldest first')
    .addOption(configOption())
    .option('--automatic', 'instead: automatic mail and delivery reports that no ticket holds')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok quarantine list --automatic')
    .action(list);
  command
    .command('show')
    .description('the letter itself, into a file or pipe byte for byte')
    .argument('<letter>', 'letter number')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok quarantine show 17 > letter.eml')
    .action(show);
  command
    .command('retry')
    .description('give letters another three attempts')
    .argument('<letters...>', 'letter numbers, or all')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok quarantine retry all')
    .action(retry);
}

async function list(options: { automatic?: boolean; limit: string; json?: boolean }, command: Command): Promise<void> {
  const most = countOption('--limit', options.limit, 10_000);
  await withData(command, async ({ db }, { desk }) => {
    const rows = await setAside(db, options.automatic ? 'automatic' : 'quarantined', most);
    if (options.json) return printJson(rows);
    if (rows.length === 0) return say('nothing is set aside');
    const cells = rows.map((row) => [
      String(row.id),
      moment(row.received_at, desk.timeZone),
      row.author ?? '',
      row.subject ?? '',
      row.because ?? '',
    ]);
    process.stdout.write(table(['letter', 'received', 'from', 'subject', 'because'], cells, 2, 3, 4));
    footnote(rows.length, most, desk.timeZone);
  });
}

async function show(typed: string, _options: object, command: Command): Promise<void> {
  const id = letterNumber(typed);
  await withData(command, async ({ spool }, { desk }) => {
    const raw = spool.raw(id);
    if (!raw)
      throw new CommandError(66, [spool.get(id) ? goneLine(spool, id, desk.timeZone) : `there is no letter ${typed}`]);
    // escape codes in a letter would act on a terminal; a file or a pipe gets the bytes
    process.stdout.write(process.stdout.isTTY ? cleanText(Buffer.from(raw).toString('utf8')) : raw);
  });
}

async function retry(typed: string[], _options: object, command: Command): Promise<void> {
  const all = typed.includes('all');
  const named = all ? [] : [...new Set(typed.map(letterNumber))];
  await withData(command, async ({ db, spool }, { desk }) => {
    const ids = all ? (await setAside(db, 'quarantined', Number.MAX_SAFE_INTEGER)).map((row) => row.id) : named;
    const refused: string[] = [];
    let again = 0;
    for (const id of ids) {
      if (spool.removals.of(id) !== null) refused.push(goneLine(spool, id, desk.timeZone));
      else if (await retryLetter(db, id, Date.now())) again++;
      else refused.push(`letter ${id} is not in quarantine`);
    }
    say(
      again === 0
        ? 'nothing to try again'
        : `${counted(again, 'letter')} will be tried again by kvitok run or kvitok once`,
    );
    if (refused.length > 0)
      throw new CommandError(
        66,
        refused.map((line) => `kvitok quarantine: ${line}`),
      );
  });
}

function letterNumber(typed: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(typed))
    throw new CommandError(65, [`${typed} is no letter number; kvitok quarantine list shows them`]);
  return Number(typed);
}
