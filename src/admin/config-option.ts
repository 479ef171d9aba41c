// -c, --config: which configuration a command works with. One option and one way to open it, for every command.

import { type Command, Option } from 'commander';
import { loadConfig, type SecretsAre } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { CommandError, EX_CONFIG } from './command-error.ts';

/** The option every command that needs a configuration adds to itself. */
export function configOption(): Option {
  return new Option('-c, --config <file>', 'the configuration file').env('KVITOK_CONFIG').default('kvitok.json');
}

/** The path that the option, KVITOK_CONFIG or the default names. */
export function configPath(command: Command): string {
  const options: { config?: unknown } = command.optsWithGlobals();
  return typeof options.config === 'string' ? options.config : 'kvitok.json';
}

/**
 * Reads the configuration of a command.
 * Takes the command with its parsed options, and whether it needs the secrets: an admin at a shell has none of the
 * daemon's environment, and looks at tickets all the same. Gives the frozen configuration with absolute paths; throws
 * CommandError with every problem, one a line.
 */
export function openConfig(command: Command, secretsAre: SecretsAre = 'resolved'): Config {
  const loaded = loadConfig(configPath(command), process.env, secretsAre);
  if (!loaded.ok) throw new CommandError(EX_CONFIG, loaded.problems);
  return loaded.config;
}
