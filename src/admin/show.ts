// kvitok show ID: one ticket as the conversation it is: who wrote what, what came with it, and what was sent back.

import type { Command } from 'commander';
import { clientLine } from '../desk/clients/client.ts';
import { lossesOf } from '../desk/losses.ts';
import { requestLines } from '../desk/request/request-lines.ts';
import { cleanLine, cleanText } from '../mail/clean.ts';
import { readersOf } from '../store/outbox-queue.ts';
import type { OutboxState } from '../store/schema.ts';
import { mergedInto, showTicket } from '../store/tickets.ts';
import { ticketNumber } from '../thread/damm.ts';
import { configOption } from './config-option.ts';
import { removedWords } from './gone.ts';
import { noTicket, printJson, ticketId, withData } from './open-data.ts';
import { bold, bytes, counted, day, dim, moment } from './page.ts';
import { isLeftOut, verdictWords } from './verdict-words.ts';
import { indented } from './width.ts';

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
      await withData(command, async ({ db, spool }, { desk }) => {
        const ticket = await showTicket(db, id);
        if (!ticket) throw noTicket(typed);
        const shown = { ...ticket, merged: await mergedInto(db, id) };
        if (options.json) printJson(shown);
        else {
          const removed = (letter: number) => removedWords(spool, letter, desk.timeZone);
          process.stdout.write(ticketPage(shown, { all: options.all === true, timeZone: desk.timeZone, removed }));
        }
      });
    });
}

type Shown = NonNullable<Awaited<ReturnType<typeof showTicket>>> & {
  readonly merged: Awaited<ReturnType<typeof mergedInto>>;
};
type Entry = Shown['entries'][number];
type Sent = Shown['sent'][number];

interface How {
  readonly all: boolean;
  readonly timeZone: string;
  /** When and why the bytes of a letter were removed, in words; null where they are there. */
  readonly removed: (letter: number) => string | null;
}

function ticketPage(shown: Shown, how: How): string {
  const said = [{ ...shown, number: null }, ...shown.merged]
    .flatMap(({ number, entries, sent }) => {
      const from = number === null ? '' : `, from [#${number}]`;
      return [
        ...entries.map((entry) => ({ at: entry.at, after: 0, text: entryBlock(entry, from, how) })),
        // an answer stands below what it answers, though a letter may have waited for us since a later clock
        ...sent.map((row) => ({ at: row.created_at, after: 1, text: sentBlock(row, from, how) })),
      ];
    })
    .toSorted((a, b) => a.at - b.at || a.after - b.after);
  return `${[head(shown, how), ...said.map((one) => one.text)].join('\n\n')}\n`;
}

function head(
  { ticket, client, participants, relatedTo, relatedFrom, merged, beside }: Shown,
  { timeZone }: How,
): string {
  const related = [relatedTo, ...relatedFrom].filter((number) => number !== null);
  const people = participants.map((p) => `${p.address} (${cleanLine(p.because)})`);
  const into = ticket.merged_into === null ? '' : ` into [#${ticketNumber(ticket.merged_into)}]`;
  return [
    bold(cleanLine(`[#${ticket.number}] ${ticket.subject || '(no subject)'}`)),
    `${ticket.state}${into}, opened ${moment(ticket.opened_at, timeZone)} ${dim(`(times of ${timeZone})`)}`,
    `${dim('client:')} ${cleanLine(clientLine(client, day(Date.now(), timeZone), 'en'))}`,
    levelLine(ticket, timeZone),
    ...requestLines(ticket, 'en').map(cleanLine),
    `${dim('may write here:')} ${people.join(', ') || 'nobody'}`,
    ...(merged.length > 0 ? [`${dim('merged into it:')} ${merged.map(({ number }) => `[#${number}]`).join(' ')}`] : []),
    ...(beside.follows === null ? [] : [`${dim('seems to go on with:')} [#${beside.follows.number}]`]),
    ...(beside.open.length > 0
      ? [`${dim('other open tickets of the requester:')} ${beside.open.map(({ number }) => `[#${number}]`).join(' ')}`]
      : []),
    ...(related.length > 0 ? [`${dim('may belong with:')} ${related.map((number) => `[#${number}]`).join(' ')}`] : []),
  ].join('\n');
}

const levelLine = ({ level, level_because, critical, assignee, due_at }: Shown['ticket'], timeZone: string): string =>
  [
    `${dim('level:')} ${level}${level_because === '' ? '' : ` (${cleanLine(level_because)})`}`,
    due_at === null ? 'nothing is due' : `answer due ${moment(due_at, timeZone)}`,
    ...(critical === 'no' ? [] : [critical === 'yes' ? 'critical' : 'critical is proposed']),
    ...(assignee === null ? [] : [`assigned to ${assignee}`]),
  ].join(', ');

function entryBlock(entry: Entry, from: string, { all, timeZone, removed }: How): string {
  const gone = entry.letter_id === null ? null : removed(entry.letter_id);
  const who = entry.author === '' ? 'no valid From' : cleanLine(`${entry.author_name} <${entry.author}>`);
  const text = cleanText(entry.reply).trim();
  const quoted = cleanText(entry.quoted).trim();
  return [
    `${bold(who)}  ${dim(`${moment(entry.at, timeZone)}${KINDS[entry.kind] ?? `, ${entry.kind}`}${from}`)}`,
    ...copiedLine(entry),
    text === '' ? dim('  (no text)') : indented(text),
    ...(quoted === '' ? [] : [dim(all ? indented(quoted, '  > ') : folded(quoted))]),
    ...lossesOf(entry.defects, 'en').map((loss) => `  NOT ALL OF IT WAS READ: ${loss}`),
    ...filesBlock(entry.attachments),
    ...(gone === null ? [] : [dim(`  (the letter itself was ${gone})`)]),
    ...(entry.silence === null || entry.kind === 'answer'
      ? []
      : ['', indented(`→ no acknowledgement: ${cleanLine(entry.silence)}`)]),
  ].join('\n');
}

/** Who else the letter went to: they are in no list of the ticket unless something made them participants. */
function copiedLine({ copied }: Entry): readonly string[] {
  const people = copied.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`));
  return people.length === 0 ? [] : [`  ${dim('also to:')} ${cleanLine(people.join(', '))}`];
}

const folded = (quoted: string) =>
  `  (${counted(quoted.split('\n').length, 'line')} of quoted text and signature folded away; --all shows them)`;

/** Kinds of entry that need a word; the rest is named as it is. */
const KINDS: Readonly<Record<string, string>> = {
  customer: '',
  automatic: ', automatic mail',
  bounce: ', delivery report',
};

/** What mail programs add by themselves would bury what a person sent; a picture that was left out is named all the same. */
function filesBlock(files: Entry['attachments']): readonly string[] {
  const sent = files.filter((file) => !file.inlined);
  const looks = files.filter(isLeftOut);
  const litter = files.length - sent.length - looks.length;
  return [
    ...sent.map((file) => fileLine('file:', file)),
    ...looks.map((file) => fileLine('left out of what is sent on:', file)),
    ...(litter > 0
      ? [
          dim(
            `  (${counted(litter, 'file')} of the mail program's own, a signature for example; kvitok attachments lists all)`,
          ),
        ]
      : []),
  ];
}

function fileLine(label: string, file: Entry['attachments'][number]): string {
  const { filename, content_type, size } = file;
  const words = `${filename ?? 'without a name'}, ${content_type}, ${bytes(size)}, ${verdictWords(file)}`;
  return `  ${dim(label)} ${cleanLine(words)}`;
}

function sentBlock(row: Sent, from: string, { timeZone }: How): string {
  const error = row.last_error === null ? '' : `: ${cleanLine(row.last_error)}`;
  const when = moment(row.settled_at ?? row.created_at, timeZone);
  return indented(
    `→ ${row.form} ${row.kind} to ${readersOf(row).join(', ')}  ${dim(`${when}, ${STATES[row.state]}${from}`)}${error}`,
  );
}

const STATES: Readonly<Record<OutboxState, string>> = {
  queued: 'waits to be sent',
  sending: 'is being sent',
  sent: 'sent',
  failed: 'not sent',
  unknown: 'perhaps sent, perhaps not',
  dropped: 'dropped by hand',
};
