// kvitok notice: sentences that acknowledgements carry while they hold, about hours and breaks (§7 of the regulation).

import type { Command } from 'commander';
import { DateTime } from 'luxon';
import { cleanLine } from '../mail/clean.ts';
import { noticesFrom, removeNotice, setNotice } from '../store/notices.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { countOption, printJson, say, withData } from './open-data.ts';
import { moment, table } from './page.ts';

/** Adds subcommands. */
export function define(command: Command): void {
  command
    .command('set')
    .description('a sentence for all acknowledgements')
    .argument('<text>', 'the sentence')
    .addOption(configOption())
    .requiredOption('--until <moment>', 'when it ends to hold, by the clocks of the desk, as "31.12.2026 15:00"')
    .option('--from <moment>', 'when it begins to; at once without it')
    .option('--english <text>', 'the same in English; without it the sentence goes into both')
    .addHelpText('after', '\nExample:\n  kvitok notice set "Сегодня поддержка до 15:00" --until "31.12.2026 15:00"')
    .action(set);
  command
    .command('list')
    .description('those that hold or will')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok notice list')
    .action(list);
  command
    .command('remove')
    .description('take one back')
    .argument('<number>', 'its number')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok notice remove 1')
    .action(remove);
}

const MOST_CHARS = 300;

async function set(
  text: string,
  { until, from, english }: { until: string; from?: string; english?: string },
  command: Command,
): Promise<void> {
  await withData(command, async ({ db }, { desk }) => {
    const texts = { ru: cleanLine(text).trim(), en: cleanLine(english ?? text).trim() };
    if (texts.ru === '' || texts.en === '' || texts.ru.length > MOST_CHARS || texts.en.length > MOST_CHARS)
      throw new CommandError(65, [`kvitok notice: a sentence of 1 to ${MOST_CHARS} characters`]);
    const now = Date.now();
    const holds = {
      from: from === undefined ? now : momentIn(from, desk.timeZone),
      until: momentIn(until, desk.timeZone),
    };
    if (holds.until <= Math.max(holds.from, now))
      throw new CommandError(65, [`kvitok notice: ${until} is over, or before it begins`]);
    const id = await setNotice(db, { ...holds, texts });
    say(`notice ${id} holds until ${moment(holds.until, desk.timeZone)}`);
  });
}

async function list(options: { json?: boolean }, command: Command): Promise<void> {
  await withData(command, async ({ db }, { desk }) => {
    const all = await noticesFrom(db, Date.now());
    if (options.json) return printJson(all);
    if (all.length === 0) return say('no notice holds');
    const rows = all.map(({ id, from, until, texts }) => [
      String(id),
      moment(from, desk.timeZone),
      moment(until, desk.timeZone),
      texts.ru,
    ]);
    process.stdout.write(table(['number', 'from', 'until', 'says'], rows, 3));
  });
}

async function remove(typed: string, _options: object, command: Command): Promise<void> {
  await withData(command, async ({ db }) => {
    const id = countOption('kvitok notice remove', typed, 1e9);
    if (!(await removeNotice(db, id)))
      throw new CommandError(66, [`there is no notice ${id}; kvitok notice list shows them`]);
    say(`notice ${id} is taken back`);
  });
}

const FORMATS = ['yyyy-MM-dd HH:mm', "yyyy-MM-dd'T'HH:mm", 'dd.MM.yyyy HH:mm'];

function momentIn(text: string, zone: string): number {
  for (const format of FORMATS) {
    const found = DateTime.fromFormat(text.trim(), format, { zone });
    if (found.isValid) return found.toMillis();
  }
  throw new CommandError(65, [`kvitok notice: ${text} is no moment; write it as "31.12.2026 15:00"`]);
}
