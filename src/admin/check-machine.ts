// What `kvitok check` looks at on this machine: data folder, databases, outgoing folder, clock.
// In: the configuration; out: findings. Nothing is made or changed, but for a test file that is removed again.

import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { NewerVersion } from '../store/newer.ts';
import { spoolIsNewer } from '../store/spool.ts';
import { openFile } from '../store/sqlite.ts';
import { DESK_FILE, deskIsNewer, refuseHalfRestored, SPOOL_FILE } from '../store/store.ts';
import { type Finding, ok, problem, warning } from './findings.ts';
import { inWords } from './system-error.ts';

const MEGABYTE = 1024 * 1024;
/** Below this it is time to look. */
const RATHER_FULL = 1024 * MEGABYTE;

/** Looks at everything on this machine. `now` in epoch milliseconds. */
export function checkMachine(config: Config, now: number): readonly Finding[] {
  return [
    ...folder('data folder', config.data, config.disk.reserveMegabytes * MEGABYTE),
    ...readers(config.data),
    ...databases(config.data),
    ...('directory' in config.smtp ? outgoing(config.smtp.directory) : []),
    clock(config, now),
  ];
}

function outgoing(path: string): readonly Finding[] {
  const unsent = warning('smtp', `nothing is sent: letters are written into ${path}; set smtp.host to send them`);
  return [unsent, ...folder('outgoing folder', path).filter((finding) => finding.mark !== 'ok')];
}

/** `reserve`: the bytes below which nothing is taken in any more. */
function folder(subject: string, path: string, reserve = 0): readonly Finding[] {
  const standing = nearest(path);
  try {
    if (!statSync(standing).isDirectory())
      return [problem(subject, `${standing} is no folder; name another in the configuration`)];
    accessSync(standing, constants.W_OK | constants.X_OK);
    tryWriting(standing);
  } catch (error) {
    return [problem(subject, `${standing} can't be written (${codeOf(error)}); give it to the user that runs kvitok`)];
  }
  const { bavail, bsize } = statfsSync(standing);
  const free = bavail * bsize;
  const room = `${Math.floor(free / MEGABYTE).toLocaleString('en')} MB free`;
  if (free <= reserve) return [problem(subject, `${path} has only ${room}; make room, or no letter will be taken in`)];
  if (free < RATHER_FULL) return [warning(subject, `${path} has only ${room}; make room soon`)];
  return [ok(subject, standing === path ? `${path}, ${room}` : `${path} will be made at the first start, ${room}`)];
}

/** Letters of customers lie in the data folder, in databases that are readable to whoever gets that far. */
function readers(path: string): readonly Finding[] {
  const mode = existsSync(path) ? statSync(path).mode & 0o777 : 0;
  if ((mode & 0o007) === 0) return [];
  const said = `${path} is open to every user of this machine (mode ${mode.toString(8)})`;
  return [warning('data folder', `${said}, and customers' letters are in it; chmod 700 ${path}`)];
}

/** The folder itself, or the nearest above it that exists. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

/** Permission bits tell nothing of a read-only file system. */
function tryWriting(path: string): void {
  const file = join(path, `.kvitok-check-${process.pid}`);
  writeFileSync(file, '');
  rmSync(file);
}

function databases(dir: string): readonly Finding[] {
  try {
    refuseHalfRestored(dir);
  } catch (error) {
    return [problem('data folder', `${dir} can't be used: ${inWords(error)}`)];
  }
  return [...database(join(dir, SPOOL_FILE), spoolIsNewer), ...database(join(dir, DESK_FILE), deskIsNewer)];
}

function database(path: string, isNewer: typeof deskIsNewer): readonly Finding[] {
  if (!existsSync(path)) return [];
  try {
    const file = openFile(path, { readonly: true });
    try {
      if (isNewer(file)) return [problem('database', new NewerVersion(path).message)];
      const version = file.pragma('schema_version', { simple: true });
      return [ok('database', `${path} can be opened${version === 0 ? ' and is empty' : ''}`)];
    } finally {
      file.close();
    }
  } catch (error) {
    return [problem('database', `${path} can't be opened (${codeOf(error)}); ${cureOf(error)}`)];
  }
}

/** Only what is damaged is replaced: whoever checks as another user has a sound database. */
function cureOf(error: unknown): string {
  const code = codeOf(error);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return 'restore it from a backup, or move it away';
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code)) return 'give it, and its folder, to the user that runs kvitok';
  return inWords(error);
}

/** The deadline of every ticket comes from this clock; a machine without a battery starts in 1970. */
function clock(config: Config, now: number): Finding {
  const { timeZone } = config.desk;
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(now);
  // Younger than this program's own files it must be.
  if (now < statSync(import.meta.filename).mtimeMs - 86_400_000) {
    return problem('clock', `this machine says ${text}, which is past; set its clock (NTP)`);
  }
  return ok('clock', `it is ${text} in ${timeZone}`);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
