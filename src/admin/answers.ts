// kvitok answers: the ready answers that operators send with #answer, and what is wrong with the files that are none.

import type { Command } from 'commander';
import { answeringDesk, openReadyAnswers } from '../outbox/ready-answers.ts';
import { CommandError } from './command-error.ts';
import { configOption, openConfig } from './config-option.ts';
import { printJson, say } from './open-data.ts';
import { bold, table } from './page.ts';

/** Adds subcommands. */
export function define(command: Command): void {
  command
    .command('list')
    .description('the ready answers by name')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok answers list')
    .action((options: { json?: boolean }, list: Command) => printList(list, options.json === true));
  command
    .command('show')
    .description('one ready answer as its file holds it, in every language')
    .argument('<name>', 'its name')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok answers show hosting')
    .action((name: string, _options: object, show: Command) => printAnswer(show, name));
}

function printList(command: Command, json: boolean): void {
  const { list, unusable } = answersFor(command);
  if (json) {
    printJson({ answers: list(), unusable });
    return;
  }
  const rows = list().map(({ name, also, language, level, title }) => [name, also ?? '', language, level ?? '', title]);
  process.stdout.write(table(['name', 'also', 'language', 'level', 'title'], rows, 4));
  if (unusable.length > 0)
    throw new CommandError(
      65,
      unusable.map(({ file, fault }) => `answers/${file} cannot be used: ${fault}`),
    );
}

function printAnswer(command: Command, name: string): void {
  const { named, list } = answersFor(command);
  const found = named(name.toLowerCase().replaceAll('ё', 'е'));
  if (found.length === 0) {
    const names = [...new Set(list().map((answer) => answer.name))].join(', ');
    throw new CommandError(66, [`there is no ready answer ${name}; there are: ${names}`]);
  }
  say(found.map(({ answer, source }) => `${bold(`${answer.title} (${answer.language})`)}\n\n${source}`).join('\n\n\n'));
}

function answersFor(command: Command) {
  const config = openConfig(command, 'left');
  return openReadyAnswers(config.templates, answeringDesk(config), () => Date.now());
}
