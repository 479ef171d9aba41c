// kvitok show ID: one ticket with its letters, attachments and what was sent.

import type { Command } from 'commander';
import { cleanText } from '../mail/clean.ts';
import { showTicket } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { printJson, ticketId, withData } from './open-data.ts';
import { bold, bytes, dim, indented, moment } from './page.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .option('--all', 'with the quoted text that is folded away')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok show 10429')
    .action(async (typed: string, options: { all?: boolean; json?: boolean }) => {
      const id = ticketId(typed);
      await withData(command, async ({ db }) => {
        const shown = await showTicket(db, id);
        if (!shown) throw new CommandError(66, [`there is no ticket ${typed}`]);
        if (options.json) printJson(shown);
        else process.stdout.write(ticketPage(shown, options.all === true));
      });
    });
}

type Shown = NonNullable<Awaited<ReturnType<typeof showTicket>>>;

function ticketPage(shown: Shown, all: boolean): string {
  const { ticket, entries, sent, participants } = shown;
  const related = [shown.relatedTo, ...shown.relatedFrom].filter((number) => number !== null);
  const head = [
    bold(`[#${ticket.number}] ${ticket.subject || '(no subject)'}`),
    `${dim('state')} ${ticket.state}   ${dim('opened')} ${moment(ticket.opened_at)}   ${dim('language')} ${ticket.language}`,
    `${dim('participants')} ${participants.map((p) => `${p.address} (${p.because})`).join(', ') || 'none'}`,
    ...(related.length ? [`${dim('may belong with')} ${related.map((number) => `[#${number}]`).join(' ')}`] : []),
  ];
  const blocks = [
    ...entries.map((entry) => ({ at: entry.at, text: entryBlock(entry, all) })),
    ...sent.map((row) => ({ at: row.created_at, text: sentLine(row) })),
  ];
  const body = blocks.toSorted((a, b) => a.at - b.at).map((block) => block.text);
  return `${[head.join('\n'), ...body].join('\n\n')}\n`;
}

function entryBlock(entry: Shown['entries'][number], all: boolean): string {
  const files = entry.attachments.map((file) =>
    indented(`${dim('file')} ${file.filename ?? 'without a name'}, ${file.content_type}, ${bytes(file.size)}`),
  );
  const quoted = entry.quoted.trim();
  const folded =
    quoted === ''
      ? []
      : [
          all
            ? dim(indented(cleanText(quoted)))
            : dim(`  (${quoted.length} characters of quoted text, shown with --all)`),
        ];
  const who = `${entry.author_name} <${entry.author}>`.trim();
  return [
    `${bold(moment(entry.at))}  ${who}  ${dim(entry.kind)}`,
    indented(cleanText(entry.reply).trim()),
    ...folded,
    ...files,
  ].join('\n');
}

function sentLine(row: Shown['sent'][number]): string {
  const error = row.last_error === null ? '' : `: ${row.last_error}`;
  return `${bold(moment(row.created_at))}  ${dim(`${row.form} ${row.kind} to`)} ${row.recipient}  ${dim(row.state)}${error}`;
}
