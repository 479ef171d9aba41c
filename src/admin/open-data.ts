// The data folder of a configuration, for commands that look into it while a daemon may be at work.

import type { Command } from 'commander';
import { openExisting, type Store } from '../store/store.ts';
import { sequenceOf } from '../thread/damm.ts';
import { CommandError } from './command-error.ts';
import { openConfig } from './config-option.ts';

/** Opens the data of a command's configuration, hands it to `look`, closes it. Throws CommandError where there is none. */
export async function withData<T>(command: Command, look: (store: Store) => Promise<T>): Promise<T> {
  const config = openConfig(command);
  let store: Store;
  try {
    store = openExisting(config.data);
  } catch (error) {
    throw new CommandError(66, [
      `kvitok: ${(error as Error).message}; kvitok run or kvitok once makes it (data folder: ${config.data})`,
    ]);
  }
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** The id behind a ticket number that a person typed, with or without `#` and brackets. Throws CommandError where it is none. */
export function ticketId(typed: string): number {
  const digits = typed.replace(/[^0-9]/g, '');
  const id = sequenceOf(digits);
  if (id === null) {
    throw new CommandError(65, [
      `${typed} is no ticket number: its last digit is a check digit and does not fit; is a digit mistyped?`,
    ]);
  }
  return id;
}

/** A whole number option between limits. Throws CommandError with the option's name. */
export function countOption(name: string, typed: string, most: number): number {
  const n = Number(typed);
  if (!Number.isInteger(n) || n < 1 || n > most)
    throw new CommandError(64, [`${name} takes a whole number from 1 to ${most}, not ${typed}`]);
  return n;
}

/** Prints a JSON value for scripts. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints one line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
