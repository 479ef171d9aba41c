// An error of SQLite goes in; out comes whose fault it is: the disk's or another process's, so that it passes and no letter
// is to blame, or the file's, so that nothing may be written any more (result codes: sqlite.org/rescode.html).

/** Pass by themselves, or when somebody sees to the disk. */
const PASSING = ['FULL', 'IOERR', 'BUSY', 'LOCKED', 'NOMEM', 'READONLY', 'CANTOPEN', 'PROTOCOL'];
const DAMAGE = ['CORRUPT', 'NOTADB'];

/** Whether the file itself is broken: whatever is written from now on may make it worse. */
export const isDamage = (error: unknown): boolean => DAMAGE.includes(resultOf(error));

/** Whether the database is in trouble, and not what was asked of it. */
export const isTrouble = (error: unknown): boolean => isDamage(error) || PASSING.includes(resultOf(error));

/** `FULL` of `SQLITE_FULL`, `IOERR` of `SQLITE_IOERR_WRITE`; empty where SQLite did not say it. */
function resultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_([A-Z]+)/.exec(code)?.[1] ?? '';
}
