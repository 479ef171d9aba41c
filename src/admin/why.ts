// kvitok why ID: the decision path of each letter of a ticket: how it was decoded, what it is, where it belongs, why (no) answer.

import type { Command } from 'commander';
import type { Step } from '../decide/decision.ts';
import { cleanLine } from '../mail/clean.ts';
import { lettersOf } from '../store/letters.ts';
import { configOption } from './config-option.ts';
import { noTicket, printJson, ticketId, withData } from './open-data.ts';
import { bold, dim, labelled, moment } from './page.ts';

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
        const letters = (await lettersOf(db, id)).map((letter) => ({ ...letter, path: stepsOf(letter.path) }));
        if (letters.length === 0) throw noTicket(typed);
        if (options.json) printJson(letters);
        else process.stdout.write(letters.map((letter) => letterPage(letter, desk.timeZone)).join('\n'));
      });
    });
}

type Letter = Omit<Awaited<ReturnType<typeof lettersOf>>[number], 'path'> & { readonly path: readonly Step[] };

const stepsOf = (json: string | null) => JSON.parse(json ?? '[]') as Step[];

function letterPage(letter: Letter, timeZone: string): string {
  const { id, author, subject } = letter;
  const head = [
    bold(`letter ${id}: ${cleanLine(subject ?? '') || '(no subject)'}`),
    `  ${dim(`${author ?? 'no valid From'}, ${moment(letter.received_at, timeZone)} ${timeZone}`)}`,
  ];
  return `${[...head, ...letter.path.flatMap(stepLines)].join('\n')}\n`;
}

function stepLines({ step, what, defects = [] }: Step): readonly string[] {
  return [labelled(step, 12, what), ...defects.map(({ code, detail }) => labelled('', 12, `${code}: ${detail}`))];
}
