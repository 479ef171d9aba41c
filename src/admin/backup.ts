// kvitok backup FILE: a consistent copy of both databases in one tar file, taken while kvitok runs.

import fs from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { create } from 'tar';
import type { Config } from '../config/schema.ts';
import { DESK_FILE, SPOOL_FILE, type Store } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { say, withData } from './open-data.ts';
import { bytes } from './page.ts';
import { inWords } from './system-error.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<file>', 'where to write the backup; an existing file is not overwritten')
    .addOption(configOption())
    .option(
      '--keep <count>',
      'with a date in the name: remove the oldest of that name, so that so many are left',
      count,
    )
    .addHelpText(
      'after',
      '\nExample:\n  kvitok backup --keep 14 /var/backups/kvitok/kvitok-$(date +%F).tar\n\nConfiguration and templates are not in it: they are yours already.',
    )
    .action(async (file: string, { keep }: { keep?: number }) => {
      const series = keep === undefined ? null : seriesOf(file);
      if (fs.existsSync(file))
        throw new CommandError(73, [`kvitok backup: ${file} is there already; name another file`]);
      const size = await withData(command, async (store, config) => {
        roomFor(file, config);
        const scratch = scratchFor(file);
        try {
          return await write(store, scratch, file);
        } catch (error) {
          throw refusal(file, error);
        } finally {
          fs.rmSync(scratch, { recursive: true, force: true });
        }
      });
      say(`${file}: ${bytes(size)}`);
      if (keep === undefined || series === null) return;
      for (const old of olderThan(file, series, keep)) {
        fs.rmSync(old);
        say(`${old}: removed, ${keep} are kept`);
      }
    });
}

function count(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('a number of backups, at least 1');
  return n;
}

const DATE = /\d{4}-\d\d-\d\d(?:[T_-]\d\d[:-]?\d\d(?:[:-]?\d\d)?)?/;

/** The names of backups that differ in their date alone. */
function seriesOf(file: string): RegExp {
  const name = path.basename(file);
  const date = DATE.exec(name);
  if (date === null)
    throw new CommandError(64, [
      'kvitok backup: --keep knows old backups by the date in their names: kvitok backup --keep 14 backup-$(date +%F).tar',
    ]);
  const [before, after] = [name.slice(0, date.index), name.slice(date.index + date[0].length)];
  return new RegExp(`^${RegExp.escape(before)}(${DATE.source})${RegExp.escape(after)}$`);
}

/** The backups of a series that are too many, by the dates in their names. The one just written stays whatever its date. */
function olderThan(file: string, series: RegExp, keep: number): readonly string[] {
  const dir = path.dirname(path.resolve(file));
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && series.test(entry.name) && entry.name !== path.basename(file))
    .map(({ name }) => name)
    .toSorted((a, b) => dated(b, series).localeCompare(dated(a, series), 'en'))
    .slice(keep - 1)
    .map((name) => path.join(dir, name));
}

const dated = (name: string, series: RegExp): string => series.exec(name)?.[1] ?? '';

const MEGABYTE = 1024 * 1024;

/** Copies and archive lie beside each other for a moment; of the disk that letters are taken in on, the reserve is left. */
function roomFor(file: string, { data, disk }: Config): void {
  const dir = path.dirname(path.resolve(file));
  if (!fs.existsSync(dir)) return;
  const needed = 2 * [DESK_FILE, SPOOL_FILE].reduce((sum, name) => sum + fs.statSync(path.join(data, name)).size, 0);
  const reserve = fs.statSync(dir).dev === fs.statSync(data).dev ? disk.reserveMegabytes * MEGABYTE : 0;
  const { bavail, bsize } = fs.statfsSync(dir);
  if (bavail * bsize >= needed + reserve) return;
  const kept = reserve === 0 ? '' : `, beside the ${bytes(reserve)} that are kept free for letters`;
  throw new CommandError(73, [
    `kvitok backup: ${file} can't be written: it needs ${bytes(needed)} for a moment${kept}, and ${bytes(bavail * bsize)} are free`,
  ]);
}

/** A folder beside the target, so that a full disk shows before a half backup has its final name. */
function scratchFor(file: string): string {
  try {
    return fs.mkdtempSync(`${path.resolve(file)}.part-`);
  } catch (error) {
    throw refusal(file, error);
  }
}

async function write(store: Store, scratch: string, file: string): Promise<number> {
  await store.backup(scratch);
  const whole = path.join(scratch, 'backup.tar');
  await create({ file: whole, cwd: scratch, portable: true }, [DESK_FILE, SPOOL_FILE]);
  // customers' letters are in it
  fs.chmodSync(whole, 0o600);
  fs.renameSync(whole, file);
  return fs.statSync(file).size;
}

const refusal = (file: string, error: unknown) =>
  new CommandError(73, [`kvitok backup: ${file} can't be written: ${inWords(error)}`]);
