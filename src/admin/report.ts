// kvitok report: what the desk did in a period, in figures: as text, HTML with charts, CSV or JSON.

import fs from 'node:fs';
import { type Command, Option } from 'commander';
import type { Config } from '../config/schema.ts';
import { type Figures, unequal } from '../desk/report/figures.ts';
import { csvCell, reportLines, reportTable } from '../desk/report/lines.ts';
import { reportPage } from '../desk/report/page.ts';
import { dateAt, monthBefore, periodOf, type ReportPeriod } from '../desk/report/period.ts';
import type { Language } from '../desk/tickets.ts';
import { timetableOf } from '../desk/timetable.ts';
import { figuresIn, refusalsBy } from '../outbox/report.ts';
import { openTemplates } from '../outbox/templates.ts';
import type { Store } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { printJson, say, withData } from './open-data.ts';
import { inWords } from './system-error.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly language?: Language;
  readonly html?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

/** Adds options and action. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .option('--from <date>', 'first day; without it the month before this one is told')
    .option('--to <date>', 'last day; today where only --from is given')
    .addOption(new Option('--language <language>', "the desk's own without it").choices(['ru', 'en']))
    .addOption(
      new Option('--html <file>', 'write a page with charts, for the screen and for paper').conflicts(['csv', 'json']),
    )
    .addOption(new Option('--csv', 'as CSV: section, name, value').conflicts('json'))
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok report --from 2026-11-01 --to 2026-11-30 --html november.html')
    .action(async (options: Options) => {
      await withData(command, (store, config) => report(store, config, options));
    });
}

async function report({ db }: Store, config: Config, options: Options): Promise<void> {
  const { timeZone } = config.desk;
  const now = Date.now();
  const period = periodFor(options, now, timeZone);
  const figures: Figures = await figuresIn(db, period, { timetable: timetableOf(config), timeZone, now });
  const odd = unequal(figures);
  if (odd.length > 0)
    process.stderr.write(`kvitok report: these sums are not equal, please report it: ${odd.join(', ')}\n`);
  const language = options.language ?? config.desk.language;
  const of = {
    desk: config.desk.name,
    address: config.desk.address,
    ...period,
    madeAt: now,
    timeZone,
    language,
    refusal: refusalsBy(openTemplates(config.templates).cure, language),
  };
  if (options.json) return printJson({ from: period.from, to: period.to, timeZone, ...figures });
  if (options.csv) {
    for (const row of [['section', 'name', 'value'], ...reportTable(figures)]) say(row.map(csvCell).join(','));
    return;
  }
  if (options.html === undefined) return say(reportLines(figures, of).join('\n'));
  try {
    fs.writeFileSync(options.html, reportPage(figures, of));
  } catch (error) {
    throw new CommandError(73, [`kvitok report: ${options.html} can't be written: ${inWords(error)}`]);
  }
  say(`${options.html}: ${period.from} to ${period.to}`);
}

function periodFor({ from, to }: Options, now: number, timeZone: string): ReportPeriod {
  if (from === undefined && to !== undefined)
    throw new CommandError(64, ['kvitok report: --to needs --from; or leave both out for the month before this one']);
  const dates = from === undefined ? monthBefore(now, timeZone) : { from, to: to ?? dateAt(now, timeZone) };
  const period = periodOf(dates.from, dates.to, timeZone);
  if ('problem' in period) throw new CommandError(64, [`kvitok report: ${period.problem}`]);
  return period;
}
