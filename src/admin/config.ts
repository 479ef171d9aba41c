// kvitok config: the JSON Schema for editors, a commented example, and the configuration as kvitok understands it.

import type { Command } from 'commander';
import { exampleConfig } from '../config/commented.ts';
import { configJsonSchemaText } from '../config/json-schema.ts';
import { SECRET_KEYS } from '../config/secrets.ts';
import { configOption, openConfig } from './config-option.ts';

const EXAMPLE = `
Example:
  kvitok config schema > kvitok.schema.json
  kvitok config show | less
`;

/** Sets up the command and its three parts. */
export function define(command: Command): void {
  command.addHelpText('after', EXAMPLE);
  command
    .command('schema')
    .description('the JSON Schema of the configuration, for editors')
    .addHelpText('after', '\nExample:\n  kvitok config schema > kvitok.schema.json')
    .action(() => void process.stdout.write(configJsonSchemaText()));
  command
    .command('example')
    .description('a commented configuration with every setting and its default')
    .addHelpText('after', '\nExample:\n  kvitok config example > kvitok.json')
    .action(() => void process.stdout.write(exampleConfig()));
  const show = command
    .command('show')
    .description('the configuration with its defaults and absolute paths, secrets masked');
  show.addHelpText('after', '\nExample:\n  kvitok config show | less');
  show.addOption(configOption()).action(() => void process.stdout.write(masked(openConfig(show, 'left'))));
}

/** JSON of a configuration, every secret as asterisks. */
export function masked(config: unknown): string {
  const mask = (key: string, value: unknown) => (SECRET_KEYS.has(key) && value !== undefined ? '********' : value);
  return `${JSON.stringify(config, mask, 2)}\n`;
}
