// The command line: one line per command. What a command needs is loaded when it is called.

import module from 'node:module';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { CommandError } from './admin/command-error.ts';
import { inWords } from './admin/system-error.ts';
import { isJournal, withPriority } from './config/journal.ts';
import { keepHeapSmall } from './daemon/heap.ts';

interface Entry {
  readonly name: string;
  readonly summary: string;
  /** Whatever goes wrong, an MTA that pipes a letter in must keep it: at any other code than 75 it bounces it (sysexits.h). */
  readonly tempfail?: true;
  readonly load: () => Promise<{ define(command: Command): void }>;
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'init',
    summary: 'ask for a mailbox, test it, write the configuration',
    load: () => import('./admin/init.ts'),
  },
  { name: 'check', summary: 'say what is wrong, one line each', load: () => import('./admin/check.ts') },
  { name: 'run', summary: 'read the mailboxes and answer, until stopped', load: () => import('./admin/run.ts') },
  { name: 'once', summary: 'one pass over everything that is due, for cron', load: () => import('./admin/once.ts') },
  {
    name: 'ingest',
    summary: 'take in letters from standard input, files, a Maildir or an mbox',
    tempfail: true,
    load: () => import('./admin/ingest.ts'),
  },
  {
    name: 'inspect',
    summary: 'what would become of a letter and why, touching nothing',
    load: () => import('./admin/inspect.ts'),
  },
  { name: 'tickets', summary: 'list and search tickets', load: () => import('./admin/tickets.ts') },
  { name: 'show', summary: 'one ticket with its letters', load: () => import('./admin/show.ts') },
  { name: 'why', summary: 'the decision path of each letter of a ticket', load: () => import('./admin/why.ts') },
  { name: 'sla', summary: 'when an answer is due, and how that is counted', load: () => import('./admin/sla.ts') },
  {
    name: 'ticket',
    summary: 'open a ticket by hand, close, defer, merge it: what operators do by letter',
    load: () => import('./admin/ticket.ts'),
  },
  { name: 'answers', summary: 'ready answers: list, show', load: () => import('./admin/answers.ts') },
  { name: 'set', summary: 'change a ticket by hand', load: () => import('./admin/set.ts') },
  {
    name: 'recode',
    summary: 'decode letters of a ticket again, in a charset you name',
    load: () => import('./admin/recode.ts'),
  },
  {
    name: 'attachments',
    summary: 'list or save the attachments of a ticket',
    load: () => import('./admin/attachments.ts'),
  },
  {
    name: 'clients',
    summary: 'the register of clients: import, list, show, add, set, remove',
    load: () => import('./admin/clients.ts'),
  },
  {
    name: 'report',
    summary: 'what the desk did in a period, in figures and charts',
    load: () => import('./admin/report.ts'),
  },
  {
    name: 'announce',
    summary: 'a notice to the clients by mail, and how far it is',
    load: () => import('./admin/announce.ts'),
  },
  {
    name: 'notice',
    summary: 'sentences in acknowledgements while they hold: set, list, remove',
    load: () => import('./admin/notice.ts'),
  },
  { name: 'export', summary: 'pack a ticket into a ZIP, for developers', load: () => import('./admin/export.ts') },
  { name: 'outbox', summary: 'letters that leave: waiting, sent, failed', load: () => import('./admin/outbox.ts') },
  {
    name: 'quarantine',
    summary: 'letters that were set aside: list, show, retry, release',
    load: () => import('./admin/quarantine.ts'),
  },
  {
    name: 'clean',
    summary: 'remove the bytes of letters that have outlived the retention',
    load: () => import('./admin/clean.ts'),
  },
  {
    name: 'forget',
    summary: 'erase the letters and data of a person who asks for it',
    load: () => import('./admin/forget.ts'),
  },
  {
    name: 'backup',
    summary: 'copy all data into one file, while kvitok runs',
    load: () => import('./admin/backup.ts'),
  },
  { name: 'restore', summary: 'put a backup back', load: () => import('./admin/restore.ts') },
  {
    name: 'config',
    summary: 'the JSON Schema of the configuration, or what is in force',
    load: () => import('./admin/config.ts'),
  },
];

/** Runs one command line; gives the exit code. Never rejects: what went wrong is on standard error. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('kvitok')
    .description('The post room of a support desk: every letter gets a number, an answer and a place.')
    .version('0.1.0')
    .showHelpAfterError('(kvitok --help lists the commands, kvitok COMMAND --help explains one)')
    .exitOverride();
  const called = COMMANDS.find((entry) => entry.name === (args[0] === 'help' ? args[1] : args[0]));
  try {
    for (const entry of COMMANDS) {
      const command = program.command(entry.name).description(entry.summary);
      if (entry === called) (await entry.load()).define(command);
    }
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const code = failed(error, called?.name ?? '');
    return code !== 0 && called?.tempfail ? EX_TEMPFAIL : code;
  }
}

const EX_USAGE = 64;
const EX_SOFTWARE = 70;
const EX_IOERR = 74;
const EX_TEMPFAIL = 75;

/** Says on standard error what went wrong, unless commander has; gives the exit code. */
function failed(error: unknown, name: string): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EX_USAGE;
  if (error instanceof CommandError) {
    for (const line of error.lines) complain(`${line}\n`);
    return error.exitCode;
  }
  const { message, stack = '' } = error as Error;
  complain(`kvitok ${name}: a fault of kvitok, please report it: ${message}\n${stack}\n`);
  return EX_SOFTWARE;
}

function complain(text: string): void {
  process.stderr.write(isJournal(process.env.JOURNAL_STREAM, 2) ? withPriority(text, 'error') : text);
}

/** What these write to standard output is the log: letters go on without it. */
const LOGGING: readonly string[] = ['run', 'once', 'ingest'];

/** A report cut short in a file must not pass for a whole one; what the command did is done. */
function failUnwritten(): void {
  process.exitCode ||= EX_IOERR;
}

if (import.meta.main) {
  // compiled once and not at every call, for an MTA's pipe calls for each letter; never in /tmp, where it could be another user's
  const compiled = path.join(import.meta.dirname, '../node_modules/.cache/kvitok');
  module.enableCompileCache(compiled);
  // threads go by the environment
  process.env.NODE_COMPILE_CACHE ??= compiled;
  keepHeapSmall();
  const args = process.argv.slice(2);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `kvitok tickets | head` closes our output: that is no error
    if (error.code === 'EPIPE') process.exit(0);
    if (process.listenerCount('exit', failUnwritten) > 0 || LOGGING.includes(args[0] ?? '')) return;
    process.on('exit', failUnwritten);
    process.stderr.write(`kvitok: the output can't be written: ${inWords(error)}\n`);
  });
  process.exitCode = await main(args);
}
