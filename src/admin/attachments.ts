// kvitok attachments ID: lists the files of a ticket, or saves them. A file is decoded again from its stored letter;
// names from outside never choose a place on the disk.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { decode } from '../decode/decode.ts';
import type { Store } from '../store/store.ts';
import { attachmentsOf, showTicket } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { noTicket, printJson, say, ticketId, withData } from './open-data.ts';
import { bytes, table } from './page.ts';
import { inWords } from './system-error.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .option('--save <dir>', 'write the files into this folder')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok attachments 10429 --save /tmp/10429')
    .action(async (typed: string, options: { save?: string; json?: boolean }) => {
      const id = ticketId(typed);
      await withData(command, async (store) => {
        if (!(await showTicket(store.db, id))) throw noTicket(typed);
        const files = await attachmentsOf(store.db, id);
        if (options.json) printJson(files);
        else if (files.length === 0) say('no attachments');
        else if (options.save === undefined) process.stdout.write(listing(files));
        else save(store, files, options.save);
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
    `${file.verdict ?? 'not checked'}${file.reason === null ? '' : `: ${file.reason}`}`,
  ]);
  return table(['letter', 'file', 'type', 'size', 'verdict'], cells, 1, 2, 4);
}

/** Writes every file that can be had, and only then says which could not. */
function save(store: Store, files: readonly File[], dir: string): void {
  attempt(dir, () => fs.mkdirSync(dir, { recursive: true }));
  const gone: string[] = [];
  for (const [i, file] of files.entries()) {
    const content = contentOf(store, file);
    const target = path.join(dir, `${String(i + 1).padStart(2, '0')}-${safeName(file.filename)}`);
    if (content === null)
      gone.push(`kvitok attachments: the bytes of letter ${file.letter_id} are gone from the spool`);
    else {
      attempt(target, () => fs.writeFileSync(target, content, { flag: 'wx' }));
      say(target);
    }
  }
  if (gone.length > 0) throw new CommandError(66, gone);
}

function contentOf({ spool }: Store, file: File): Uint8Array | null {
  const raw = spool.raw(file.letter_id);
  return (raw && decode(raw).parts.find((part) => part.path === file.path)?.bytes) ?? null;
}

function attempt(target: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new CommandError(73, [`kvitok attachments: ${target} can't be written: ${inWords(error)}`]);
  }
}

/** Letters, digits and a few marks; no path, no leading dot, short enough for every file system. */
function safeName(name: string | null): string {
  const safe = (name ?? 'file').replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[. ]+/, '_');
  return safe.length <= 80 ? safe : safe.slice(0, 60) + safe.slice(-20);
}
