// kvitok ingest: letters from standard input, .eml files, a Maildir or an mbox. Exit 75 (EX_TEMPFAIL) where a letter could not
// be kept, so that an MTA that pipes letters in keeps it and tries again.

import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { openRoom, type Room, type RoomOptions, spaceOf } from '../daemon/room.ts';
import { type Answer, type Keep, keepIn } from '../ingest.ts';
import type { FileDelivery } from '../sources/files.ts';
import { isAnyUnclaimed } from '../store/letters.ts';
import { CommandError } from './command-error.ts';
import { configOption, openConfig } from './config-option.ts';
import { inWindows, lettersIn, readAll } from './ingest-files.ts';
import { openedData } from './open-data.ts';
import { type Bar, barFor } from './progress-bar.ts';
import { opened, roomOptions } from './room-option.ts';
import { inWords } from './system-error.ts';

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
      '\nExamples:\n  kvitok ingest < letter.eml\n  kvitok ingest --silent ~/Maildir/.Old archive.mbox\n\nExit: 0 all kept, 75 not kept (try again later), 66 some could not be read, the others are kept.',
    )
    .action(async (paths: string[], options: Options) => {
      const config = openConfig(command);
      if (paths.length === 0 && process.stdin.isTTY)
        process.stderr.write('kvitok ingest: type or paste a letter, end it with Ctrl-D\n');
      const letters = readAll(paths.length === 0 ? ['-'] : paths, {
        letterBytes: Math.round(config.limits.letterMegabytes * 1024 * 1024),
      });
      const bar = barFor(paths.reduce((sum, one) => sum + lettersIn(one), 0));
      // one letter a call is an MTA's pipe: standard output stays empty, the log goes to standard error, below a bar only what
      // an admin must see
      const log = bar.shown ? { ...config.log, level: 'error' as const } : config.log;
      // damage is told by the answer: an MTA must keep the letter
      const room = { ...roomOptions(command, { ...config, log }, process.stderr), onDamage: () => {} };
      const counts = await takeIn(config, room, letters, options.silent === true, bar);
      for (const line of counts.unreadable) process.stderr.write(`kvitok ingest: ${line}\n`);
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
  const place = await openPlace(config, options);
  const counts: Counts = { kept: 0, again: 0, failed: null, unreadable: [] };
  try {
    for await (const window of inWindows(letters)) {
      const deliveries = window.flatMap((one) =>
        one.kind === 'letter' ? [silent ? { ...one.delivery, silent: 'taken in silently' } : one.delivery] : [],
      );
      for (const one of window) if (one.kind === 'unreadable') counts.unreadable.push(`${one.path}: ${one.reason}`);
      for (const answer of await place.keep(deliveries)) count(counts, answer);
      bar.add(window.length);
      if (counts.failed !== null) break;
    }
  } finally {
    bar.stop();
    await place.leave();
  }
  return counts;
}

function count(counts: Counts, answer: Answer): void {
  if (answer.kind !== 'accepted') counts.failed = answer.reason;
  else if (answer.again) counts.again++;
  else counts.kept++;
}

interface Place {
  readonly keep: Keep;
  leave(): Promise<void>;
}

/** The room over a data folder that is free; else the spool beside the daemon that holds it and finds the letters there. */
async function openPlace(config: Config, options: RoomOptions): Promise<Place> {
  const { room } = await opened(config, async () => {
    const result = await openRoom(config, options);
    return { room: 'heldBy' in result ? null : result };
  });
  if (room) {
    return {
      keep: async (deliveries) => {
        const answers = await room.ingest.keep(deliveries);
        // beside the reading, so that the bar tells of all the work
        await unharmed(() => room.ingest.work(), options);
        return answers;
      },
      leave: async () => {
        if (await leaveRoom(room, options)) await unharmed(() => workOffLate(config, options), options);
      },
    };
  }
  const store = openedData(config.data);
  const keep = keepIn({ keep: store.spool.keep, space: spaceOf(config, options.log), ...options });
  return {
    keep,
    leave: async () => {
      await store.close();
      await unharmed(() => workOffLate(config, options), options);
    },
  };
}

/** Gives whether all that was there could be dealt with. */
async function leaveRoom(room: Room, options: RoomOptions): Promise<boolean> {
  const well = await unharmed(room.workOff, options);
  await room.stop(10_000);
  return well;
}

/**
 * Deals with letters that another call put in while the folder was held. Whoever kept one looks whether the folder is free,
 * and whoever held it looks once more after letting go: so one of the two sees it, where no daemon does.
 */
async function workOffLate(config: Config, options: RoomOptions): Promise<void> {
  const store = openedData(config.data);
  const waiting = await isAnyUnclaimed(store.db, store.spool);
  await store.close();
  if (!waiting) return;
  const room = await openRoom(config, options);
  if ('heldBy' in room) return;
  if (await leaveRoom(room, options)) await workOffLate(config, options);
}

/** What is kept is kept: trouble with what comes after is no reason to hand the letter over again. Gives whether there was none. */
async function unharmed(work: () => Promise<unknown>, { log }: RoomOptions): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log.error({ error: inWords(error) }, 'kept letters wait for kvitok run or kvitok once');
    return false;
  }
}
