// kvitok clients import FILE.csv: takes a table of clients into the register, all of it or nothing.

import fs from 'node:fs';
import type { Command } from 'commander';
import { columnsOf } from '../desk/clients/columns.ts';
import { type LineProblem, type Plan, planLines, type ReadLine } from '../desk/clients/plan.ts';
import { type ClientValues, type DomainRules, readValue } from '../desk/clients/values.ts';
import { cleanLine } from '../mail/clean.ts';
import { listClients, saveClients } from '../store/clients.ts';
import { type TableLine, tableOf } from './clients-file.ts';
import { domainRulesOf } from './clients-rules.ts';
import { CommandError } from './command-error.ts';
import { printJson, say, withData } from './open-data.ts';
import { counted } from './page.ts';
import { barFor } from './progress-bar.ts';
import { inWords } from './system-error.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** sysexits.h: the input data was incorrect; an input file could not be read. */
const EX_DATAERR = 65;
const EX_NOINPUT = 66;
const MOST_TOLD = 50;

/** The action of the command. */
export async function importClients(file: string, options: Options, command: Command): Promise<void> {
  const table = tableOf(bytesOf(file));
  if ('problem' in table) throw refusal(file, [table.problem]);
  const [heads, ...rows] = table.lines;
  if (heads === undefined)
    throw refusal(file, ['it is empty; its first line names the columns, every other one is a client']);
  const columns = columnsOf(heads.cells);
  if (columns.problems.length > 0)
    throw refusal(
      file,
      columns.problems.map((problem) => `line ${heads.line}: ${problem}`),
    );
  await withData(command, async ({ db }, config) => {
    const rules = domainRulesOf(config);
    const read = rows.map((row) => readLine(row, columns.fields, rules));
    const plan = await db.transaction().execute(async (trx) => {
      const lines = read.flatMap((one) => ('values' in one ? [one] : []));
      const planned = planLines(await listClients(trx), lines);
      const problems = [...read.flatMap((one) => ('problems' in one ? one.problems : [])), ...planned.problems];
      const plan = { ...planned, problems: problems.toSorted((a, b) => a.line - b.line) };
      if (plan.problems.length > 0 || options.dryRun) return plan;
      const clients = [...plan.created, ...plan.updated];
      const bar = barFor(clients.length, 'clients');
      await saveClients(trx, clients, Date.now(), () => bar.add(1)).finally(() => bar.stop());
      return plan;
    });
    if (plan.problems.length > 0) throw refusal(file, problemLines(plan.problems));
    if (options.json) return printJson(summaryOf(plan));
    for (const head of columns.unknown)
      say(`the column ${JSON.stringify(cleanLine(head))} means nothing to kvitok and is left out`);
    say(summaryLine(plan, options.dryRun === true));
  });
}

function bytesOf(file: string): Uint8Array {
  try {
    return fs.readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new CommandError(EX_NOINPUT, [`kvitok clients import: ${file} can't be read: ${inWords(error)}`]);
  }
}

const refusal = (file: string, problems: readonly string[]) =>
  new CommandError(EX_DATAERR, [
    ...problems.map((problem) => `${file}: ${problem}`),
    'nothing was taken in; correct the file and import it again',
  ]);

/** A line's values, or everything that is wrong with it. */
function readLine(
  { line, cells }: TableLine,
  fields: ReturnType<typeof columnsOf>['fields'],
  rules: DomainRules,
): ReadLine | { readonly problems: readonly LineProblem[] } {
  const problems: LineProblem[] = [];
  let values: ClientValues = {};
  fields.forEach((field, at) => {
    if (field === null) return;
    const reading = readValue(field, cells[at] ?? '', rules);
    if ('value' in reading) values = { ...values, ...reading.value };
    else problems.push(...reading.problems.map((problem) => ({ line, problem })));
  });
  const beyond = cells.slice(fields.length).find((cell) => cell.trim() !== '');
  if (beyond !== undefined) {
    const problem = `has more cells than the first line has columns, from ${JSON.stringify(beyond.slice(0, 40))} on; put a cell that holds the delimiter into quotes`;
    problems.push({ line, problem });
  }
  const { key } = values;
  return problems.length > 0 || key === undefined ? { problems } : { line, values: { ...values, key } };
}

function problemLines(problems: readonly LineProblem[]): readonly string[] {
  const more = problems.length - MOST_TOLD;
  return [
    ...problems.slice(0, MOST_TOLD).map(({ line, problem }) => `line ${line}: ${problem}`),
    ...(more > 0 ? [`and ${counted(more, 'mistake')} more`] : []),
  ];
}

const summaryOf = ({ created, updated, unchanged }: Plan) => ({
  created: created.length,
  updated: updated.length,
  unchanged,
});

function summaryLine(plan: Plan, dry: boolean): string {
  const { created, updated, unchanged } = summaryOf(plan);
  const words = `${counted(created, 'client')} new, ${updated} changed, ${unchanged} as before`;
  return dry ? `would be taken in: ${words}; nothing was changed` : `taken in: ${words}`;
}
