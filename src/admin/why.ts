// kvitok why ID: the decision path of each letter of a ticket: how it was decoded, what it is, where it belongs, why (no) answer.

import type { Command } from 'commander';
import type { Step } from '../decide/decision.ts';
import { cleanLine } from '../mail/clean.ts';
import { lettersOf } from '../store/letters.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { printJson, ticketId, withData } from './open-data.ts';
import { bold, dim, moment } from './page.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok why 10429')
    .action(async (typed: string, options: { json?: boolean }) => {
      const id = ticketId(typed);
      await withData(command, async ({ db }) => {
        const letters = (await lettersOf(db, id)).map((letter) => ({ ...letter, path: stepsOf(letter.path) }));
        if (letters.length === 0) throw new CommandError(66, [`there is no ticket ${typed}`]);
        if (options.json) printJson(letters);
        else process.stdout.write(letters.map(letterPage).join('\n'));
      });
    });
}

const stepsOf = (json: string | null) => JSON.parse(json ?? '[]') as Step[];

function letterPage(letter: {
  id: number;
  received_at: number;
  author: string | null;
  subject: string | null;
  path: readonly Step[];
}): string {
  const head = `${bold(`letter ${letter.id}`)}  ${moment(letter.received_at)}  ${letter.author ?? 'no valid From'}  ${cleanLine(letter.subject ?? '')}`;
  return `${[head, ...letter.path.flatMap(stepLines)].join('\n')}\n`;
}

function stepLines(step: Step): readonly string[] {
  const defects = (step.defects ?? []).map((defect) => `${' '.repeat(16)}${defect.code}: ${cleanLine(defect.detail)}`);
  return [`  ${dim(step.step.padEnd(13))} ${cleanLine(step.what)}`, ...defects];
}
