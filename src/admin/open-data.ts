// The data folder of a configuration, for commands that look into it while a daemon may be at work.

import fs from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { HalfRestored, NewerVersion } from '../store/newer.ts';
import { openExisting, type Store } from '../store/store.ts';
import { sequenceOf } from '../thread/damm.ts';
import { CommandError } from './command-error.ts';
import { openConfig } from './config-option.ts';
import { dim } from './page.ts';
import { dataError, isOfDatabase } from './system-error.ts';

/**
 * Opens the data of a command's configuration, hands both to `look`, closes it; secrets stay references. Throws
 * CommandError where there is none.
 */
export async function withData<T>(command: Command, look: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = openConfig(command, 'left');
  const store = openedData(config.data);
  try {
    return await look(store, config);
  } catch (error) {
    throw isOfDatabase(error) ? dataError(config.data, error) : error;
  } finally {
    await store.close();
  }
}

/** The store of a data folder. Throws CommandError where there is none yet or it can't be used. */
export function openedData(folder: string): Store {
  try {
    return openExisting(folder);
  } catch (error) {
    if (isOfDatabase(error) || error instanceof NewerVersion || error instanceof HalfRestored)
      throw dataError(folder, error);
    const closed = closedTo(folder);
    if (closed !== null) throw dataError(folder, closed);
    throw new CommandError(66, [
      `kvitok: there is no data in ${folder} yet; kvitok run, kvitok once or kvitok ingest makes it`,
    ]);
  }
}

/** What the system says where this user may not look into the folder, or null: there may well be data in it. */
function closedTo(folder: string): unknown {
  try {
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.X_OK);
    return null;
  } catch (error) {
    return (error as { code?: string }).code === 'EACCES' ? error : null;
  }
}

/** The id behind a ticket number that a person typed, with or without `#` and brackets. Throws CommandError where it is none. */
export function ticketId(typed: string): number {
  const digits = /^\s*\[?#?\s*(\d+)\s*\]?\s*$/.exec(typed)?.[1];
  if (digits === undefined)
    throw new CommandError(65, [`${JSON.stringify(typed)} is no ticket number; they look like 10429`]);
  const id = sequenceOf(digits);
  if (id === null) {
    throw new CommandError(65, [
      `${digits} is no ticket number: its last digit is a check digit and does not fit; is a digit mistyped?`,
    ]);
  }
  return id;
}

/** A number that is well formed and that no ticket has: EX_NOINPUT. */
export const noTicket = (typed: string) =>
  new CommandError(66, [`there is no ticket ${typed}; kvitok tickets lists them`]);

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

/** The line under a table: whether it holds all there is, and whose times it shows. */
export function footnote(rows: number, most: number, timeZone: string): void {
  const more = rows < most ? '' : `the first ${most}, --limit shows more; `;
  say(dim(`${more}times of ${timeZone}`));
}
