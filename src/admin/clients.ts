// kvitok clients: the register of clients, by hand and by file.

import { type Command, Option } from 'commander';
import { CLIENT_CATEGORIES, type Client, type ClientCategory, isExpired } from '../desk/clients/client.ts';
import type { ClientField } from '../desk/clients/columns.ts';
import { planLines } from '../desk/clients/plan.ts';
import { type ClientValues, type DomainRules, readValue } from '../desk/clients/values.ts';
import { clientByKey, listClients, removeClient, saveClients } from '../store/clients.ts';
import { importClients } from './clients-import.ts';
import { domainRulesOf } from './clients-rules.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { countOption, printJson, say, withData } from './open-data.ts';
import { counted, day, labelled, table } from './page.ts';

const FIELDS: readonly (readonly [field: Exclude<ClientField, 'key'>, option: string, what: string])[] = [
  ['name', '--name <name>', 'person or company'],
  ['category', '--category <category>', 'free or partner'],
  ['addresses', '--addresses <list>', 'all addresses, separated by commas'],
  ['domains', '--domains <list>', 'domains whose people are this client, separated by commas'],
  ['edition', '--edition <edition>', 'edition of the product'],
  ['version', '--product-version <version>', 'version of the product'],
  ['contractEnd', '--contract-end <date>', 'last day of the contract, as 31.01.2027; empty for none'],
];

/** Adds subcommands. */
export function define(command: Command): void {
  command
    .command('import')
    .description('take in a table of clients, by key')
    .argument('<file>', 'a CSV file; - is standard input')
    .addOption(configOption())
    .option('--dry-run', 'only say what would change')
    .option('--json', 'the summary as JSON')
    .addHelpText('after', IMPORT_HELP)
    .action(importClients);
  command
    .command('list')
    .description('clients by key')
    .addOption(configOption())
    .addOption(new Option('--category <category>', 'only these').choices([...CLIENT_CATEGORIES]))
    .option('--search <text>', 'that have it in key, name, address or domain')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok clients list --category partner')
    .action(list);
  command
    .command('show')
    .description('one client')
    .argument('<key>', 'key of the client')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok clients show 17/2026')
    .action(show);
  for (const [name, description] of [
    ['add', 'a new client'],
    ['set', 'change a client; what is not named stays, a list is replaced'],
  ] as const) {
    const sub = command.command(name).description(description).argument('<key>', 'key of the client');
    sub.addOption(configOption());
    for (const [, option, what] of FIELDS) sub.option(option, what);
    sub.addHelpText(
      'after',
      `\nExample:\n  kvitok clients ${name} 17/2026 --name "ООО Луч" --category partner --domains luch.example`,
    );
    sub.action((key: string, options: Readonly<Record<string, string>>) => change(sub, name, key, options));
  }
  command
    .command('remove')
    .description('take a client out; tickets stay')
    .argument('<key>', 'key of the client')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok clients remove 17/2026')
    .action(remove);
}

const IMPORT_HELP = `
The first line names the columns, in Russian or English, in any order:
  key (код), name (название), category (категория), addresses (почта), domains (домены),
  edition (редакция), version (версия), contract end (конец договора)
A column that is not there leaves what the register has; an empty cell empties it.

Example:
  kvitok clients import clients.csv --dry-run`;

async function list(
  options: { category?: ClientCategory; search?: string; limit: string; json?: boolean },
  command: Command,
): Promise<void> {
  const most = countOption('--limit', options.limit, 1_000_000);
  await withData(command, async ({ db }, { desk }) => {
    const { category, search } = options;
    const found = await listClients(db, { ...(category ? { category } : {}), ...(search ? { search } : {}) });
    if (options.json) return printJson(found.slice(0, most));
    if (found.length === 0) return say(category || search ? 'no client fits' : 'no clients yet');
    const today = day(Date.now(), desk.timeZone);
    const cells = found
      .slice(0, most)
      .map((client) => [
        client.key,
        client.name,
        client.category,
        [...client.domains, ...client.addresses].join(' '),
        contractWords(client, today),
      ]);
    process.stdout.write(table(['key', 'name', 'category', 'domains and addresses', 'contract'], cells, 1, 3));
    if (found.length > most) say(`the first ${most} of ${found.length}, --limit shows more`);
  });
}

function contractWords(client: Client, today: string): string {
  if (client.contractEnd === null) return '';
  return isExpired(client, today) ? `ended ${client.contractEnd}` : `until ${client.contractEnd}`;
}

async function show(key: string, options: { json?: boolean }, command: Command): Promise<void> {
  await withData(command, async ({ db }, { desk }) => {
    const client = await clientByKey(db, key);
    if (!client) throw noClient(key);
    if (options.json) return printJson(client);
    const { edition, version } = client;
    const facts: readonly (readonly [string, string])[] = [
      ['key', client.key],
      ['name', client.name],
      ['category', client.category],
      ['addresses', client.addresses.join(', ')],
      ['domains', client.domains.join(', ')],
      ['product', [version, edition].filter((part) => part !== null).join(', ')],
      ['contract', contractWords(client, day(Date.now(), desk.timeZone))],
    ];
    for (const [name, text] of facts) if (text !== '') say(labelled(name, 9, text));
  });
}

const noClient = (key: string) =>
  new CommandError(66, [`there is no client ${key}; kvitok clients list shows those that are there`]);

/** `add` and `set` are one line of a table, with options for cells. */
async function change(
  command: Command,
  what: 'add' | 'set',
  key: string,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  await withData(command, async ({ db }, config) => {
    const values = valuesOf(key, options, domainRulesOf(config));
    await db.transaction().execute(async (trx) => {
      const there = (await clientByKey(trx, values.key)) !== null;
      if (what === 'set' && !there) throw noClient(key);
      if (what === 'add' && there)
        throw new CommandError(65, [`there is a client ${key} already; kvitok clients set changes it`]);
      const plan = planLines(await listClients(trx), [{ line: 1, values }]);
      if (plan.problems.length > 0)
        throw new CommandError(
          65,
          plan.problems.map(({ problem }) => `kvitok clients: ${problem}`),
        );
      await saveClients(trx, [...plan.created, ...plan.updated], Date.now());
    });
    say(what === 'add' ? `client ${key} is in the register` : `client ${key} is changed`);
  });
}

function valuesOf(
  key: string,
  options: Readonly<Record<string, string>>,
  rules: DomainRules,
): ClientValues & { readonly key: string } {
  const said = FIELDS.map(([field, option]) => [field, options[nameOf(option)]] as const);
  const written = [['key', key] as const, ...said];
  const readings = written.flatMap(([field, text]) => (text === undefined ? [] : [readValue(field, text, rules)]));
  const problems = readings.flatMap((reading) => ('problems' in reading ? reading.problems : []));
  if (problems.length > 0)
    throw new CommandError(
      65,
      problems.map((problem) => `kvitok clients: ${problem}`),
    );
  const values = readings.map((reading) => ('value' in reading ? reading.value : {}));
  return { ...Object.assign({}, ...values), key: key.trim() };
}

/** The name commander gives an option: `contractEnd` of `--contract-end <date>`. */
const nameOf = (option: string) =>
  option
    .slice(2)
    .split(' ', 1)[0]!
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

async function remove(key: string, _options: object, command: Command): Promise<void> {
  await withData(command, async ({ db }) => {
    const tickets = await db.transaction().execute((trx) => removeClient(trx, key));
    if (tickets === null) throw noClient(key);
    const kept = tickets > 0 ? `; ${counted(tickets, 'ticket')} of theirs stay, and belong to no client` : '';
    say(`client ${key} is out of the register${kept}`);
  });
}
