// Opening the post room for a command: a configuration, a log, the data folder's lock; every refusal is one clear line.

import fs from 'node:fs';
import type { Command } from 'commander';
import { faultOf } from '../config/fault.ts';
import { isJournal } from '../config/journal.ts';
import { createLog, type LevelledLog, type Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import type { RoomOptions } from '../daemon/room.ts';
import { CommandError } from './command-error.ts';
import { dataError, inWords } from './system-error.ts';

/** Log and clock of a command that works on letters. */
export function roomOptions(
  command: Command,
  config: Config,
  stream?: NodeJS.WritableStream,
): RoomOptions & { readonly log: LevelledLog } {
  const journal = isJournal(process.env.JOURNAL_STREAM, stream === process.stderr ? 2 : 1);
  const log = createLog({ ...config.log, ...(stream ? { stream } : {}), journal });
  return {
    log,
    now: Date.now,
    random: Math.random,
    what: `kvitok ${command.name()}`,
    onDamage: (error) => stopped(config.data, error, log),
    fault: faultOf(process.env.KVITOK_FAULT, (line) => fs.writeSync(2, `${line}\n`)),
  };
}

/** Ends the process at once: closing a broken file in order would write to it. */
function stopped(folder: string, error: unknown, log: Log): never {
  log.error({ event: 'damaged', folder, error: inWords(error) }, 'stopped, and nothing more is written');
  process.exit(EX_IOERR);
}

/** sysexits.h: a file can't be read or written. */
const EX_IOERR = 74;

/** What was opened; throws CommandError where another process holds the data folder or it can't be used. */
export async function opened<T extends object>(
  config: Config,
  open: () => Promise<T | { readonly heldBy: string }>,
): Promise<T> {
  let result: T | { readonly heldBy: string };
  try {
    result = await open();
  } catch (error) {
    throw dataError(config.data, error);
  }
  if ('heldBy' in result) {
    throw new CommandError(75, [
      `kvitok: the data folder ${config.data} is in use by ${result.heldBy}; one data folder has one daemon`,
    ]);
  }
  return result;
}
