// npm run test:days: the tests that go by the machine's clock, on days when clocks and calendars are awkward. `-- sunday` runs
// the days whose name has that word. Which tests: those that ask for the time, start kvitok, or import what does.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { FAKETIME, requirePrograms } from '../test/support/apt.ts';

const ROOT = path.join(import.meta.dirname, '..');

interface Day {
  readonly name: string;
  readonly timeZone: string;
  /** When the tests begin; left out: now. */
  readonly at?: string;
}

const DAYS: readonly Day[] = [
  { name: 'midnight of 31 December', timeZone: 'Europe/Moscow', at: '2026-12-31T23:59:40+03:00' },
  { name: '29 February, of a year without a decree', timeZone: 'Europe/Moscow', at: '2028-02-29T12:00:00+03:00' },
  { name: 'a Sunday', timeZone: 'Europe/Moscow', at: '2027-03-14T12:00:00+03:00' },
  { name: 'the hour a clock is set back', timeZone: 'Europe/Berlin', at: '2027-10-31T02:59:40+02:00' },
  { name: 'today in New York', timeZone: 'America/New_York' },
  { name: 'today in Kamchatka', timeZone: 'Asia/Kamchatka' },
];

/** The time of the machine, its time zone, or kvitok as a process of its own. */
const BY_THE_CLOCK = /\bDate\.now\b|\bnew Date\(\)|\bgetTimezoneOffset\b|\bDateTime\.(?:now|local)\b|\bmain\.ts\b/;

requirePrograms([FAKETIME]);
const wanted = process.argv[2] ?? '';
const days = DAYS.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
if (days.length === 0)
  throw new Error(`no day is named ${wanted}; there are: ${DAYS.map(({ name }) => name).join('; ')}`);
const sources = ['src', 'test', 'demo']
  .flatMap(filesOf)
  .filter((file) => BY_THE_CLOCK.test(fs.readFileSync(file, 'utf8')));
const failed = days.filter((day) => !passes(day, sources)).map(({ name }) => name);
process.stdout.write(failed.length === 0 ? 'every day is well\n' : `failed on: ${failed.join('; ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

function filesOf(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(ROOT, folder, name));
}

function passes({ name, timeZone, at }: Day, files: readonly string[]): boolean {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync('npm', ['test', '--silent', '--', '--silent', '--findRelatedTests', ...files], {
    cwd: ROOT,
    env: { ...process.env, TZ: timeZone, ...(at === undefined ? {} : clockAt(at)) },
    stdio: 'inherit',
  });
  return status === 0;
}

/** Every process below begins at that moment and goes on from there; how long something takes, and the dates of files, stay as they are. */
function clockAt(at: string): NodeJS.ProcessEnv {
  const seconds = Math.round((Date.parse(at) - Date.now()) / 1000);
  return {
    LD_PRELOAD: FAKETIME.paths[0],
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  };
}
