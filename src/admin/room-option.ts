// Opening the post room for a command: a configuration, a log, the data folder's lock; every refusal is one clear line.

import type { Command } from 'commander';
import { createLog, type Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import type { RoomOptions } from '../daemon/room.ts';
import { CommandError } from './command-error.ts';

/** Log and clock of a command that works on letters. */
export function roomOptions(
  command: Command,
  config: Config,
  stream?: NodeJS.WritableStream,
): RoomOptions & { readonly log: Log } {
  return {
    log: createLog({ ...config.log, ...(stream ? { stream } : {}) }),
    now: Date.now,
    random: Math.random,
    what: `kvitok ${command.name()}`,
  };
}

/** What was opened; throws CommandError where another process holds the data folder or it can't be used. */
export async function opened<T extends object>(
  config: Config,
  open: () => Promise<T | { readonly heldBy: string }>,
): Promise<T> {
  let result: T | { readonly heldBy: string };
  try {
    result = await open();
  } catch (error) {
    throw new CommandError(74, [`kvitok: the data folder ${config.data} can't be used: ${inWords(error)}`]);
  }
  if ('heldBy' in result) {
    throw new CommandError(75, [
      `kvitok: the data folder ${config.data} is in use by ${result.heldBy}; one data folder has one daemon`,
    ]);
  }
  return result;
}

const WORDS: Readonly<Record<string, string>> = {
  SQLITE_READONLY: 'it is read-only for this user',
  SQLITE_READONLY_DIRECTORY: 'it is read-only for this user',
  SQLITE_CANTOPEN: 'a database in it can not be opened or made; check owner and rights of the folder',
  SQLITE_NOTADB: 'a file in it is no SQLite database; put a backup back with kvitok restore',
  SQLITE_CORRUPT: 'a database in it is damaged; put a backup back with kvitok restore',
  SQLITE_FULL: 'the disk is full',
  EACCES: 'this user may not write there; check owner and rights of the folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it is no folder',
  EEXIST: 'it is no folder',
};

function inWords(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return WORDS[code ?? ''] ?? message;
}
