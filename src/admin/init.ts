// kvitok init: asks an admin step by step, tries the mailbox and the SMTP server while asking, and writes a commented
// configuration that only its owner can read. With --yes every answer comes from a flag.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { configSchema } from '../config/schema.ts';
import { whyUnwritable, writeConfig } from '../config/write.ts';
import { personAt } from './ask.ts';
import { CommandError } from './command-error.ts';
import { configOption, configPath } from './config-option.ts';
import { type Answer, answering, EX_USAGE, type Flags, fits, optionName } from './init-questions.ts';
import { askMailbox, askSmtp, type Init } from './init-servers.ts';
import { mxOf, providerOf } from './providers.ts';

const LAUNCHER = join(import.meta.dirname, '../../kvitok');
const EXAMPLE = `
Example, asking nothing:
  KVITOK_PASSWORD=… kvitok init --yes --address support@example.org --name "Example support" \\
    --password env:KVITOK_PASSWORD --imap-host imap.example.org --smtp-host smtp.example.org \\
    --operator anna@example.org --operator-name "Anna"
(the hosts of Yandex 360, Mail.ru, Google, Rambler and Microsoft 365 are known and may be left out)
`;

/** Sets up the command. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .option('--address <address>', 'the support address')
    .option('--name <name>', 'name of the desk, shown as the sender')
    .option('--language <ru|en>', 'language of letters where the customer shows none')
    .option('--user <user>', 'log-in, if it is not the address')
    .option(
      '--password <secret>',
      'the password, or env:NAME, or file:PATH (others on this machine may see a password typed here)',
    )
    .option('--imap-host <host>', 'IMAP server')
    .option('--imap-port <port>', 'its port; default: the usual one')
    .option('--imap-security <tls|starttls|none>', 'its protection; default: tls')
    .option('--start-from <when>', 'what of the letters already there is taken in: now, a date, or all')
    .option('--done <folder>', 'folder for kept letters, levels parted by /, or flag:KEYWORD')
    .option('--smtp-host <host>', 'SMTP server')
    .option('--smtp-port <port>', 'its port; default: the usual one')
    .option('--smtp-security <tls|starttls|none>', 'its protection; default: tls')
    .option('--smtp-user <user>', 'log-in for SMTP, if another; "none" where the server wants none')
    .option('--smtp-password <secret>', 'password for SMTP, if another')
    .option('--smtp-directory <folder>', 'write letters into a folder instead of sending them')
    .option('--operator <address>', 'the first person of the desk, its lead')
    .option('--operator-name <name>', 'their name, as customers see it')
    .option('--insecure', 'do not verify certificates (only for servers on your own wire)')
    .option('--yes', 'ask nothing: flags and defaults')
    .option('--force', 'overwrite the file')
    .option('--no-test', 'try no connections')
    .addHelpText('after', EXAMPLE)
    .action(() => run(command.opts(), configPath(command)));
}

async function run(flags: Flags, path: string): Promise<void> {
  if (!flags.yes && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new CommandError(EX_USAGE, [
      'init asks questions and needs a terminal; in a script give --yes and the answers (kvitok init --help)',
    ]);
  }
  const person = flags.yes ? null : personAt(process.stdin, process.stdout);
  try {
    await initialise({ flags, path, person, env: process.env, mx: mxOf });
  } finally {
    person?.close();
  }
  process.stdout.write(
    `\nwritten: ${path} (mode 0600)\n\nnext:\n  ${launcher()} check${named(path)}\n  ${launcher()} run${named(path)}\n`,
  );
}

/** The launcher as it can be typed where the person stands. */
function launcher(): string {
  const way = relative(process.cwd(), LAUNCHER);
  return way.startsWith('..') ? LAUNCHER : `./${way}`;
}

function named(path: string): string {
  return path === 'kvitok.json' ? '' : ` --config ${path}`;
}

/** Asks, tries, writes. Rejects with CommandError; nothing is written then. */
export async function initialise(init: Init): Promise<void> {
  const { flags, person, path } = init;
  await mayWrite(init);
  if (!person) demand(flags, await needed(init));
  const answer = answering(flags, person);
  const { desk } = configSchema.shape;
  const address = await answer({ flag: 'address', text: 'Support address', check: fits(desk.shape.address) });
  const provider = providerOf(address, await init.mx(address));
  if (provider) person?.tell(`  mail of this address is at ${provider.name}; ${provider.hint}`);
  const name = await answer({ flag: 'name', text: 'Name of the desk, as customers see it' });
  const language = await answer({
    flag: 'language',
    text: 'Language of letters where the customer shows none: ru or en',
    fallback: 'ru',
    check: (text) => (text === 'ru' || text === 'en' ? null : 'ru or en'),
  });
  const mailbox = await askMailbox(init, answer, address, provider);
  const smtp = await askSmtp(init, answer, address, provider, mailbox);
  const operators = await askOperator(init, answer, address);
  writeConfig(path, {
    desk: { name, address, language: language === 'en' ? 'en' : 'ru' },
    threading: { signingKey: randomBytes(32).toString('base64url') },
    data: 'data',
    mailboxes: [mailbox],
    smtp,
    ...(operators.length > 0 ? { operators: [...operators] } : {}),
  });
}

/**
 * Asks for the first person of the desk, who is its lead: without one every letter waits for nobody. A script that names none
 * gets a desk that `check` warns of.
 */
async function askOperator(
  { person, flags }: Init,
  answer: Answer,
  desk: string,
): Promise<readonly { address: string; name: string; role: 'lead' }[]> {
  if (!person && flags.operator === undefined) return [];
  person?.tell('  letters of customers go to the people of the desk, who answer them like any other letter');
  const address = await answer({
    flag: 'operator',
    text: 'Address of whoever reads them first (more people: "operators" in the file)',
    check: (text) => {
      if (text.toLowerCase() === desk.toLowerCase()) return 'an address of that person, not the support address';
      return fits(configSchema.shape.desk.shape.address)(text);
    },
  });
  const name = await answer({ flag: 'operator-name', text: 'Name, as customers see it', fallback: nameOf(address) });
  return [{ address, name, role: 'lead' }];
}

/** `anna.svetlova@shop.example` may be called Anna Svetlova. */
const nameOf = (address: string): string =>
  address
    .slice(0, address.lastIndexOf('@'))
    .split(/[._+-]+/)
    .filter((part) => part !== '')
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join(' ');

/** Flags that a script must give: what can't be guessed, and the servers where no provider is known. */
async function needed({ flags, mx }: Init): Promise<readonly string[]> {
  const always = ['address', 'name', 'password'];
  const { address } = flags;
  const known = typeof address !== 'string' || providerOf(address, await mx(address)) !== null;
  if (known) return always;
  return [...always, 'imap-host', ...(flags.smtpDirectory ? [] : ['smtp-host'])];
}

function demand(flags: Flags, needed: readonly string[]): void {
  const missing = needed.filter((flag) => !flags[optionName(flag)]);
  if (missing.length > 0)
    throw new CommandError(EX_USAGE, [`missing: ${missing.map((flag) => `--${flag}`).join(', ')}`]);
}

async function mayWrite({ flags, path, person }: Init): Promise<void> {
  const wrong = whyUnwritable(path);
  if (wrong) throw new CommandError(1, [wrong]);
  if (!existsSync(path) || flags.force) return;
  if (!person) throw new CommandError(1, [`${path} exists already; --force overwrites it`]);
  const answer = await person.ask({ text: `${path} exists already; overwrite it? yes or no`, fallback: 'no' });
  if (!/^y(es)?$|^да?$/i.test(answer)) throw new CommandError(1, [`${path} was left as it is`]);
}
