// What the system or SQLite answers where a file or folder can't be used, in words an admin can act on.

import { CommandError } from './command-error.ts';

const WORDS: Readonly<Record<string, string>> = {
  SQLITE_READONLY: 'it is read-only for this user',
  SQLITE_READONLY_DIRECTORY: 'it is read-only for this user',
  SQLITE_CANTOPEN: 'a database in it can not be opened or made; check owner and rights of the folder',
  SQLITE_NOTADB: 'a file in it is no SQLite database; put a backup back with kvitok restore',
  SQLITE_CORRUPT: 'a database in it is damaged; put a backup back with kvitok restore',
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR_WRITE: 'the disk is full or fails',
  SQLITE_ERROR: 'it was written by another version of kvitok; kvitok run and kvitok once bring it up to date',
  SQLITE_BUSY: 'another process writes to it and does not end; try again',
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not do that; check owner and rights',
  EPERM: 'this user may not do that; check owner and rights',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than this process may write',
  ENOTDIR: 'part of the path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  EIO: 'the disk fails',
  ENAMETOOLONG: 'the name is too long',
};

/** An error of the system as words; its own message where we have none. */
export function inWords(error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string };
  return WORDS[code] ?? WORDS[code.split('_').slice(0, 2).join('_')] ?? message;
}

/** Whether SQLite says so, and not a fault of ours. */
export const isOfDatabase = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('SQLITE_');

/**
 * The data folder can't be used: EX_TEMPFAIL where that passes when the disk has room or answers again, so that a supervisor
 * tries again; EX_IOERR where somebody must see to it.
 */
export function dataError(folder: string, error: unknown): CommandError {
  const { code = '' } = error as { code?: string };
  const passes = /^(SQLITE_(FULL|BUSY|IOERR)|ENOSPC|EDQUOT|EIO)/.test(code);
  return new CommandError(passes ? 75 : 74, [
    `kvitok: the data folder ${folder} can't be used: ${code === 'EEXIST' ? 'it is no folder' : inWords(error)}`,
  ]);
}
