// kvitok attachments ID: lists the files of a ticket, or saves them. A file is decoded again from its stored letter;
// names from outside never choose a place on the disk.

import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { decode } from '../decode/decode.ts';
import type { Store } from '../store/store.ts';
import { attachmentsOf } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { printJson, say, ticketId, withData } from './open-data.ts';
import { bytes, table } from './page.ts';

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
        const files = await attachmentsOf(store.db, id);
        if (options.save !== undefined) return save(store, files, options.save);
        if (options.json) return printJson(files);
        if (files.length === 0) return say('no attachments');
        const cells = files.map((f) => [
          String(f.letter_id),
          f.filename ?? '',
          f.content_type,
          bytes(f.size),
          f.verdict ?? 'not checked',
        ]);
        process.stdout.write(table(['letter', 'file', 'type', 'size', 'verdict'], cells, 1));
      });
    });
}

type File = Awaited<ReturnType<typeof attachmentsOf>>[number];

function save({ spool }: Store, files: readonly File[], dir: string): void {
  fs.mkdirSync(dir, { recursive: true });
  for (const [i, file] of files.entries()) {
    const raw = spool.raw(file.letter_id);
    const part = raw && decode(raw).parts.find((candidate) => candidate.path === file.path);
    if (!part) throw new CommandError(66, [`the bytes of letter ${file.letter_id} are gone from the spool`]);
    const target = path.join(dir, `${String(i + 1).padStart(2, '0')}-${safeName(file.filename)}`);
    fs.writeFileSync(target, part.bytes, { flag: 'wx' });
    process.stdout.write(`${target}\n`);
  }
}

/** Letters, digits and a few marks; no path, no leading dot, short enough for every file system. */
function safeName(name: string | null): string {
  const safe = (name ?? 'file').replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[. ]+/, '_');
  return safe.length <= 80 ? safe : safe.slice(0, 60) + safe.slice(-20);
}
