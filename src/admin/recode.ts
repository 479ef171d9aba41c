// kvitok recode ID CHARSET: the letters of a ticket decoded once more, in the charset an admin names.

import type { Command } from 'commander';
import { canonicalCharset } from '../decode/charset.ts';
import { decode } from '../decode/decode.ts';
import { lettersOf } from '../store/letters.ts';
import { rewriteEntry } from '../store/recode.ts';
import { showTicket } from '../store/tickets.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { goneLine } from './gone.ts';
import { noTicket, say, ticketId, withData } from './open-data.ts';

/** Adds arguments and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .argument('<charset>', 'windows-1251, koi8-r, ibm866, utf-8 … or auto, to take back what was overruled')
    .addOption(configOption())
    .option('--letter <number>', 'only this letter of the ticket, as kvitok why numbers them')
    .addHelpText('after', '\nExamples:\n  kvitok recode 10429 koi8-r\n  kvitok recode 10429 auto --letter 17')
    .action(async (typed: string, charset: string, options: { letter?: string }) => {
      const id = ticketId(typed);
      const chosen = charset === 'auto' ? null : canonicalCharset(charset);
      if (charset !== 'auto' && chosen === null)
        throw new CommandError(65, [`${charset} is no charset that kvitok knows`]);
      await withData(command, async ({ db, spool }, { desk }) => {
        const letters = (await lettersOf(db, id)).filter(
          (letter) => options.letter === undefined || String(letter.id) === options.letter,
        );
        if (letters.length === 0) {
          if (!(await showTicket(db, id))) throw noTicket(typed);
          throw new CommandError(66, [
            `there is no letter ${options.letter ?? ''} on ticket ${typed}; kvitok why ${typed} numbers them`,
          ]);
        }
        let changed = 0;
        for (const { id: letter } of letters) {
          const raw = spool.raw(letter);
          if (!raw) throw new CommandError(66, [goneLine(spool, letter, desk.timeZone)]);
          const { subject, from, replyTo, reply, quoted } = decode(raw, chosen === null ? {} : { charset: chosen });
          const text = { subject, people: [...from, ...replyTo], reply, quoted };
          const note = chosen === null ? 'by an admin: decoded as found' : `by an admin: decoded as ${chosen}`;
          if (await rewriteEntry(db, letter, text, note)) changed++;
        }
        say(
          `${changed} ${changed === 1 ? 'letter' : 'letters'} of [#${typed.replace(/\D/g, '')}] decoded as ${chosen ?? 'found'}; kvitok show ${typed} shows them`,
        );
      });
    });
}
