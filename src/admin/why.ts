// kvitok why ID: the decision path of each letter of a ticket: how it was decoded, what it is, where it
// belongs, why (no) answer, and what became of its files.

import type { Command } from 'commander';
import type { Step } from '../decide/decision.ts';
import { cleanLine } from '../mail/clean.ts';
import { lettersOf } from '../store/letters.ts';
import { attachmentsOf } from '../store/tickets.ts';
import { configOption } from './config-option.ts';
import { noTicket, printJson, ticketId, withData } from './open-data.ts';
import { bold, dim, labelled, moment } from './page.ts';
import { verdictWords } from './verdict-words.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok why 10429')
    .action(async (typed: string, options: { json?: boolean }) => {
      const id = ticketId(typed);
      await withData(command, async ({ db }, { desk }) => {
        const files = await attachmentsOf(db, id);
        const letters = (await lettersOf(db, id)).map((letter) => ({
          ...letter,
          path: stepsOf(letter.path),
          attachments: files.filter((file) => file.letter_id === letter.id),
        }));
        if (letters.length === 0) throw noTicket(typed);
        if (options.json) printJson(letters);
        else process.stdout.write(letters.map((letter) => letterPage(letter, desk.timeZone)).join('\n'));
      });
    });
}

type File = Awaited<ReturnType<typeof attachmentsOf>>[number];
type Letter = Omit<Awaited<ReturnType<typeof lettersOf>>[number], 'path'> & {
  readonly path: readonly Step[];
  readonly attachments: readonly File[];
};

const stepsOf = (json: string | null) => JSON.parse(json ?? '[]') as Step[];

function letterPage(letter: Letter, timeZone: string): string {
  const { id, author, subject } = letter;
  const head = [
    bold(`letter ${id}: ${cleanLine(subject ?? '') || '(no subject)'}`),
    `  ${dim(`${author ?? 'no valid From'}, ${moment(letter.received_at, timeZone)} ${timeZone}`)}`,
  ];
  return `${[...head, ...letter.path.flatMap(stepLines), ...letter.attachments.map(fileLine)].join('\n')}\n`;
}

function stepLines({ step, what, defects = [] }: Step): readonly string[] {
  return [labelled(step, 12, what), ...defects.map(({ code, detail }) => labelled('', 12, `${code}: ${detail}`))];
}

const fileLine = (file: File) => labelled('file', 12, `${file.filename ?? 'without a name'}: ${verdictWords(file)}`);
