// kvitok export ID FILE.zip: one ticket in one archive, for handing it to developers: the conversation as HTML and text,
// accepted files, previews of BMP pictures, and every letter byte for byte.

import fs from 'node:fs';
import type { Command } from 'commander';
import { closePreviews } from '../attachments/preview.ts';
import { closeJudges } from '../ingest/prepare.ts';
import { readingOf } from '../ingest/reading.ts';
import { oursOf } from '../ingest/rules.ts';
import { openTemplates } from '../outbox/templates.ts';
import { lettersOf } from '../store/letters.ts';
import { mergedInto, showTicket } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { type Content, contentOf } from './export-content.ts';
import { conversation } from './export-conversation.ts';
import { packed } from './export-zip.ts';
import { goneLine } from './gone.ts';
import { noTicket, say, ticketId, withData } from './open-data.ts';
import { bytes, counted } from './page.ts';
import { inWords } from './system-error.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .argument('<file>', 'where to write the archive; an existing file is not overwritten')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok export 10429 /tmp/10429.zip')
    .action(async (typed: string, file: string) => {
      const id = ticketId(typed);
      if (fs.existsSync(file))
        throw new CommandError(73, [`kvitok export: ${file} is there already; name another file`]);
      await withData(command, async (store, config) => {
        const ticket = await showTicket(store.db, id);
        if (!ticket) throw noTicket(typed);
        const shown = { ...ticket, merged: await mergedInto(store.db, id) };
        const tickets = [id, ...shown.merged.map((one) => one.id)];
        const found = await Promise.all(tickets.map((one) => lettersOf(store.db, one)));
        const letters = found.flat().toSorted((a, b) => a.id - b.id);
        const { judge } = readingOf(config, oursOf(config));
        const content = await contentOf(store.spool, letters, judge).finally(close);
        const cure = (code: string) => openTemplates(config.templates).cure(code, config.desk.language);
        const archive = packed(content, conversation(shown, content, { desk: config.desk, cure }));
        write(file, archive);
        say(`${file}: ${summary(content)}, ${bytes(archive.byteLength)}`);
        for (const letter of content.gone)
          process.stderr.write(`kvitok export: ${goneLine(store.spool, letter, config.desk.timeZone)}\n`);
      });
    });
}

const close = () => Promise.all([closeJudges(), closePreviews()]);

function summary({ letters, files }: Content): string {
  const accepted = files.filter(({ name }) => name !== null).length;
  const left = files.length - accepted;
  const previews = files.reduce((sum, file) => sum + file.previews.length, 0);
  return [
    counted(letters.length, 'letter'),
    counted(accepted, 'file'),
    ...(previews > 0 ? [counted(previews, 'preview')] : []),
    ...(left > 0
      ? [`${counted(left, 'file')} left in ${left === 1 ? 'its letter' : 'their letters'} as not accepted`]
      : []),
  ].join(', ');
}

/** Letters of customers are in it: nobody but the owner may read it. What can't be written whole is not left behind. */
function write(file: string, archive: Uint8Array): void {
  let made = false;
  try {
    const fd = fs.openSync(file, 'wx', 0o600);
    made = true;
    try {
      fs.writeFileSync(fd, archive);
    } finally {
      fs.closeSync(fd);
    }
  } catch (error) {
    if (made) fs.rmSync(file, { force: true });
    throw new CommandError(73, [`kvitok export: ${file} can't be written: ${inWords(error)}`]);
  }
}
