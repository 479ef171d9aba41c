// kvitok ingest: letters from standard input, .eml files, a Maildir or an mbox. Exit 75 (EX_TEMPFAIL) where a letter could not
// be kept, so that an MTA that pipes letters in keeps it and tries again.

import fs from 'node:fs';
import path from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { openRoom, type RoomOptions } from '../daemon/room.ts';
import { type Answer, keepIn } from '../ingest.ts';
import type { Delivery } from '../mail/envelope.ts';
import { type FileDelivery, type FileLimits, readEml, readMaildir, readMbox, readStdin } from '../sources/files.ts';
import { openExisting } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { configOption, openConfig } from './config-option.ts';
import { opened, roomOptions } from './room-option.ts';

interface Options {
  readonly silent?: boolean;
}

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('[paths...]', '.eml files, Maildirs and mboxes; none or - is one letter on standard input')
    .addOption(configOption())
    .option('--silent', 'no acknowledgements, whatever the letters say')
    .addHelpText(
      'after',
      '\nExamples:\n  kvitok ingest < letter.eml\n  kvitok ingest --silent ~/Maildir/.Old archive.mbox',
    )
    .action(async (paths: string[], options: Options) => {
      const config = openConfig(command);
      // one letter a call is an MTA's pipe: standard output stays empty, the log goes to standard error
      const room = roomOptions(command, config, process.stderr);
      const letters = readAll(paths.length === 0 ? ['-'] : paths, {
        letterBytes: config.limits.letterMegabytes * 1024 * 1024,
      });
      const counts = await takeIn(config, room, letters, options.silent === true, await barFor(paths));
      for (const line of counts.unreadable) process.stderr.write(`${line}\n`);
      if (process.stderr.isTTY)
        process.stderr.write(
          `${counts.kept} kept, ${counts.again} known already, ${counts.unreadable.length} unreadable\n`,
        );
      if (counts.failed !== null)
        throw new CommandError(75, [`kvitok ingest: not kept, try again later: ${counts.failed}`]);
      if (counts.unreadable.length > 0) process.exitCode = 66;
    });
}

interface Counts {
  kept: number;
  again: number;
  failed: string | null;
  readonly unreadable: string[];
}

/** Keeps all letters; deals with them too, unless a daemon holds the folder, which then does. */
async function takeIn(
  config: Config,
  options: RoomOptions,
  letters: AsyncIterable<FileDelivery>,
  silent: boolean,
  bar: Bar,
): Promise<Counts> {
  const room = await openRoomOrNot(config, options);
  const keep = room ? room.ingest.keep : keepBeside(config, options);
  const counts: Counts = { kept: 0, again: 0, failed: null, unreadable: [] };
  for await (const window of inWindows(letters)) {
    const deliveries = window.flatMap((one) =>
      one.kind === 'letter' ? [silent ? { ...one.delivery, silent: 'taken in silently' } : one.delivery] : [],
    );
    for (const one of window) if (one.kind === 'unreadable') counts.unreadable.push(`${one.path}: ${one.reason}`);
    for (const answer of await keep(deliveries)) count(counts, answer);
    bar.add(window.length);
    if (counts.failed !== null) break;
  }
  bar.stop();
  if (room) {
    await room.workOff();
    await room.stop(10_000);
  }
  return counts;
}

function count(counts: Counts, answer: Answer): void {
  if (answer.kind !== 'accepted') counts.failed = answer.reason;
  else if (answer.again) counts.again++;
  else counts.kept++;
}

async function openRoomOrNot(config: Config, options: RoomOptions) {
  const room = await opened(config, async () => {
    const result = await openRoom(config, options);
    return 'heldBy' in result ? { room: null } : { room: result };
  });
  return room.room;
}

/** A daemon holds the folder: letters go into its spool, and it finds them there. */
function keepBeside(config: Config, { log, now }: RoomOptions) {
  const store = openExisting(config.data);
  return async (deliveries: readonly Delivery[]) => keepIn({ spool: store.spool, log, now }, deliveries);
}

async function* readAll(paths: readonly string[], limits: FileLimits): AsyncGenerator<FileDelivery> {
  for (const one of paths) {
    if (one === '-') yield* readStdin(process.stdin, limits, Date.now);
    else if (fs.existsSync(path.join(one, 'cur'))) yield* readMaildir(one, limits);
    else if (isMbox(one)) yield* readMbox(one, limits);
    else yield* readEml(one, limits);
  }
}

function isMbox(file: string): boolean {
  if (/\.eml$/i.test(file) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  const fd = fs.openSync(file, 'r');
  try {
    const head = Buffer.alloc(5);
    fs.readSync(fd, head, 0, 5, 0);
    return head.toString('latin1') === 'From ';
  } finally {
    fs.closeSync(fd);
  }
}

const WINDOW_LETTERS = 100;
const WINDOW_BYTES = 16 * 1024 * 1024;

async function* inWindows(letters: AsyncIterable<FileDelivery>): AsyncGenerator<readonly FileDelivery[]> {
  let window: FileDelivery[] = [];
  let size = 0;
  for await (const letter of letters) {
    window.push(letter);
    size += letter.kind === 'letter' ? letter.delivery.raw.byteLength : 0;
    if (window.length < WINDOW_LETTERS && size < WINDOW_BYTES) continue;
    yield window;
    window = [];
    size = 0;
  }
  if (window.length > 0) yield window;
}

interface Bar {
  add(letters: number): void;
  stop(): void;
}

/** A progress bar on a terminal, where the number of letters can be known beforehand; nothing otherwise. */
async function barFor(paths: readonly string[]): Promise<Bar> {
  const total = paths.reduce((sum, one) => sum + lettersIn(one), 0);
  if (!process.stderr.isTTY || total < 2) return { add: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: '{bar} {value}/{total} letters, {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { add: (letters) => bar.increment(letters), stop: () => bar.stop() };
}

function lettersIn(one: string): number {
  const boxes = ['cur', 'new'].map((sub) => path.join(one, sub)).filter((dir) => fs.existsSync(dir));
  return boxes.length > 0 ? boxes.reduce((sum, dir) => sum + fs.readdirSync(dir).length, 0) : 1;
}
