// kvitok ticket: what operators do by mail, for admins: the same commands out of the same table, and a ticket for who called.

import type { Command } from 'commander';
import type { CommandName } from '../desk/commands/command.ts';
import { usage } from '../desk/commands/help.ts';
import { COMMANDS } from '../desk/commands/table.ts';
import { configOption } from './config-option.ts';
import { say, ticketId } from './open-data.ts';
import { type Given, giveByHand } from './ticket-command.ts';
import { type NewTicket, openByHand } from './ticket-new.ts';

/** What `kvitok ticket --help` and `--help` of each command tell is told there; the desk's own help is for letters. */
/** A letter that is set aside is on no ticket: kvitok quarantine release lets it go. kvitok show covers nothing. */
type ByHand = Exclude<CommandName, 'help' | 'release' | 'access'>;
const BY_HAND = COMMANDS.flatMap(({ name }): ByHand[] =>
  name === 'help' || name === 'release' || name === 'access' ? [] : [name],
);

/** What is typed behind the number, as an example. */
const EXAMPLES: { readonly [name in ByHand]: string } = {
  close: ' --text "The cart works again: clear the cache of the browser once."',
  reopen: '',
  defer: ' 2',
  level: ' development',
  category: ' update',
  critical: '',
  assign: ' anna@example.org',
  note: ' "Called back, asked for a screenshot."',
  answer: ' hosting',
  merge: ' 10437',
  split: '',
  cc: ' accounting@example.org',
  client: ' luch-shop.example',
  phone: ' "Asked when the update comes."',
  spam: '',
  undo: '',
  status: '',
};

/** Commands that send the customer what `--text` says. */
const SENDS: readonly ByHand[] = ['close', 'defer', 'answer', 'merge'];

/** Adds subcommands. */
export function define(command: Command): void {
  defineNew(command.command('new'));
  for (const name of BY_HAND) defineCommand(command.command(name), name);
}

function defineNew(command: Command): void {
  command
    .description('open a ticket for somebody who called, or who reached the desk past its mailbox')
    .addOption(configOption())
    .requiredOption('--from <address>', 'whose ticket it is')
    .requiredOption('--subject <words>', 'what it is about')
    .option('--name <name>', 'the name of who called')
    .option('--text <text>', 'what was said; - reads it from standard input', '')
    .option('--phone', 'it was a call: the text is the desk’s note, not the customer’s letter')
    .option('--acknowledge', 'the customer gets the number by letter, as for a letter of their own')
    .addHelpText(
      'after',
      '\nExample:\n  kvitok ticket new --from ivan@example.org --subject "Не открывается корзина" --phone --acknowledge',
    )
    .action(async (options: NewTicket) => openByHand(command, options));
}

function defineCommand(command: Command, name: ByHand): void {
  const row = COMMANDS.find((one) => one.name === name)!;
  command
    .description(row.help.en)
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .addHelpText(
      'after',
      `\nIn a letter this is ${usage(row, 'en')} or ${usage(row, 'ru')}.\n\nExample:\n  kvitok ticket ${name} 10429${EXAMPLES[name]}`,
    );
  if (row.argument.en !== '' || row.freeText) command.argument('[words...]', row.argument.en || 'the text');
  if (SENDS.includes(name))
    command.option('--text <text>', 'what goes to the customer; - reads it from standard input', '');
  command.action(async (typed: string, ...rest: unknown[]) => {
    const words = Array.isArray(rest[0]) ? (rest[0] as string[]) : [];
    const { text = '' } = command.opts<{ text?: string }>();
    const given: Given = { id: ticketId(typed), typed, name, argument: words.join(' '), text };
    for (const line of await giveByHand(command, given)) say(line);
  });
}
