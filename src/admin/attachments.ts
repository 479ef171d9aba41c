// kvitok attachments ID: lists the files of a ticket, or saves those that are accepted. A file is decoded and judged
// again from its stored letter; names from outside never choose a place on the disk.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { filesOf, type LetterFile, savedName } from '../ingest/letter-files.ts';
import { closeJudges, type Reading } from '../ingest/prepare.ts';
import { readingOf } from '../ingest/reading.ts';
import { oursOf } from '../ingest/rules.ts';
import type { Store } from '../store/store.ts';
import { attachmentsOf, showTicket } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { goneLine } from './gone.ts';
import { noTicket, printJson, say, ticketId, withData } from './open-data.ts';
import { bytes, table } from './page.ts';
import { inWords } from './system-error.ts';
import { verdictWords } from './verdict-words.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .option('--save <dir>', 'write the accepted files into this folder')
    .option('--all', 'with --save: the others as well, their names ending in .refused')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok attachments 10429 --save /tmp/10429')
    .action(async (typed: string, options: { save?: string; all?: boolean; json?: boolean }) => {
      const id = ticketId(typed);
      await withData(command, async (store, config) => {
        if (!(await showTicket(store.db, id))) throw noTicket(typed);
        const files = await attachmentsOf(store.db, id);
        if (options.json) printJson(files);
        else if (files.length === 0) say('no attachments');
        else if (options.save === undefined) process.stdout.write(listing(files));
        else {
          const { judge } = readingOf(config, oursOf(config));
          const { timeZone } = config.desk;
          await save(files, { store, judge, timeZone, dir: options.save, all: options.all === true }).finally(
            closeJudges,
          );
        }
      });
    });
}

type File = Awaited<ReturnType<typeof attachmentsOf>>[number];

function listing(files: readonly File[]): string {
  const cells = files.map((file) => [
    String(file.letter_id),
    file.filename ?? 'without a name',
    file.content_type,
    bytes(file.size),
    verdictWords(file),
  ]);
  return table(['letter', 'file', 'type', 'size', 'verdict'], cells, 1, 2, 4);
}

interface Saving {
  readonly store: Store;
  readonly judge: Reading['judge'];
  readonly timeZone: string;
  readonly dir: string;
  /** Files that were not accepted as well. */
  readonly all: boolean;
}

/** Writes every file that can be had, and only then says which bytes are gone. */
async function save(files: readonly File[], saving: Saving): Promise<void> {
  attempt(saving.dir, () => fs.mkdirSync(saving.dir, { recursive: true, mode: 0o700 }));
  const letters = new Map<number, readonly LetterFile[] | null>();
  const gone = new Set<string>();
  for (const [i, file] of files.entries()) {
    const letter = file.letter_id;
    if (!letters.has(letter)) letters.set(letter, await readLetter(letter, saving));
    const found = letters.get(letter)?.find(({ verdict }) => verdict.path === file.path);
    if (found) saveOne(i + 1, found, saving);
    else gone.add(`kvitok attachments: ${goneLine(saving.store.spool, letter, saving.timeZone)}`);
  }
  if (gone.size > 0) throw new CommandError(66, [...gone]);
}

async function readLetter(letter: number, { store, judge }: Saving): Promise<readonly LetterFile[] | null> {
  const raw = store.spool.raw(letter);
  return raw && filesOf(raw, judge);
}

/** What was not accepted keeps away from viewers: it is left where it is, or bears an ending that nothing opens. */
function saveOne(n: number, { verdict, bytes: content }: LetterFile, { dir, all }: Saving): void {
  const accepted = verdict.verdict === 'accepted';
  const name = savedName(n, verdict.filename);
  if (!accepted && !all) {
    process.stderr.write(`not saved, ${verdict.verdict}: ${verdict.reason}: ${name}\n`);
    return;
  }
  const target = path.join(dir, accepted ? name : `${name}.refused`);
  // a customer's: nobody but the owner may read it
  attempt(target, () => fs.writeFileSync(target, content, { flag: 'wx', mode: 0o600 }));
  say(target);
}

function attempt(target: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new CommandError(73, [`kvitok attachments: ${target} can't be written: ${inWords(error)}`]);
  }
}
