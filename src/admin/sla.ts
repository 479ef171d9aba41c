// kvitok sla: when an answer is due and how that is counted. `due` answers for any moment and needs no mailbox and no data;
// without a configuration it counts by the regulation. `explain` answers for a ticket.

import { type Command, Option } from 'commander';
import { DateTime } from 'luxon';
import type { Calendar } from '../desk/calendar.ts';
import type { Level } from '../desk/tickets.ts';
import { LEVELS, type LevelRule, timetableOf } from '../desk/timetable.ts';
import { countedBetween, dueAt } from '../desk/working-time.ts';
import { explainedTicket } from '../store/explain.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { allowanceWords, intervalLines, isoMoment } from './interval-words.ts';
import { noTicket, printJson, say, ticketId, withData } from './open-data.ts';
import { timetableFor } from './open-timetable.ts';
import { explainFacts, explainPage } from './sla-explain.ts';

interface DueOptions {
  readonly level: Level;
  readonly at?: string;
  readonly calendar?: string;
  readonly json?: boolean;
}

/** Adds subcommands. */
export function define(command: Command): void {
  command.argument('[subcommand]').usage('[options] [command]').action(unknown);
  command
    .command('due')
    .description('until when a letter must be answered that arrives at a moment')
    .addOption(configOption())
    .addOption(new Option('--level <level>', 'level of service').choices(LEVELS).makeOptionMandatory())
    .option('--at <moment>', 'when it arrives, like 2026-11-20T19:30+03:00; left out: now')
    .option('--calendar <name>', 'count by this calendar of the configuration')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok sla due --level partner --at 2026-11-20T19:30+03:00')
    .action((options: DueOptions, due: Command) => printDue(options, due));
  command
    .command('explain')
    .description('every stretch of time that counts for a ticket, and every pause')
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok sla explain 10429')
    .action(printTicket);
}

/** Most who type a ticket's number here want its time explained. */
function unknown(typed: string | undefined, _options: object, command: Command): void {
  if (typed === undefined) command.help({ error: true });
  const meant = /^\[?#?\d+\]?$/.test(typed) ? `kvitok sla explain ${typed.replace(/\D/g, '')}` : 'kvitok sla --help';
  throw new CommandError(64, [`kvitok sla: ${typed} is no command of it; did you mean ${meant}?`]);
}

async function printTicket(typed: string, options: { json?: boolean }, command: Command): Promise<void> {
  const id = ticketId(typed);
  await withData(command, async ({ db }, config) => {
    const explained = await explainedTicket(db, id);
    if (!explained) throw noTicket(typed);
    const timetable = timetableOf(config);
    const now = Date.now();
    if (options.json) printJson(explainFacts(explained, timetable, now));
    else process.stdout.write(explainPage(explained, timetable, config.desk.timeZone, now));
  });
}

function printDue(options: DueOptions, command: Command): void {
  const { levels, calendars } = timetableFor(command);
  const level = levels[options.level];
  const calendar = options.calendar === undefined ? level.calendar : calendars.get(options.calendar);
  if (!calendar)
    throw new CommandError(64, [
      `kvitok sla due: there is no calendar ${options.calendar}; there are: ${[...calendars.keys()].join(', ')}`,
    ]);
  const at = options.at === undefined ? Date.now() : momentOf(options.at, calendar);
  const due = dueAt(level.allowance, at, calendar);
  if (options.json) printJson(dueFacts(level, calendar, at, due));
  else printCount(level, calendar, at, due);
}

function printCount({ name, allowance }: LevelRule, calendar: Calendar, at: number, due: number): void {
  say(`${name}, ${allowanceWords(allowance)}, by the calendar ${calendar.name} (${calendar.timeZone})`);
  for (const line of intervalLines(allowance, at, due, calendar)) say(line);
  say(`due ${isoMoment(due, calendar.timeZone)}`);
}

function dueFacts(level: LevelRule, calendar: Calendar, at: number, due: number) {
  const zone = calendar.timeZone;
  const intervals = countedBetween(level.allowance, at, due, calendar).map(({ from, to, counted }) => ({
    from: isoMoment(from, zone),
    to: isoMoment(to, zone),
    counted,
  }));
  return {
    level: level.name,
    ...level.allowance,
    calendar: calendar.name,
    timeZone: zone,
    at: isoMoment(at, zone),
    due: isoMoment(due, zone),
    intervals,
  };
}

/** A moment as a person typed it, without a zone on the calendar's clocks. */
function momentOf(typed: string, { timeZone }: Calendar): number {
  const moment = DateTime.fromISO(typed.trim().replace(' ', 'T'), { zone: timeZone });
  if (!moment.isValid)
    throw new CommandError(64, [
      `kvitok sla due: --at takes a moment like 2026-11-20T19:30+03:00 or 2026-11-20T19:30, not ${typed}`,
    ]);
  return moment.toMillis();
}
