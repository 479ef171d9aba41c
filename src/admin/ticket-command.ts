// One command of the desk on a ticket, given at the command line.

import type { Command } from 'commander';
import { unwritten } from '../decide/call.ts';
import { carriedOut, followCommands } from '../decide/operator/commands.ts';
import { type DeskStanding, knownToNobody } from '../decide/operator/standing.ts';
import type { CommandName } from '../desk/commands/command.ts';
import { needsOf, type Parsed } from '../desk/commands/parse.ts';
import { cleanText } from '../mail/clean.ts';
import { apply } from '../store/apply.ts';
import { ticketFollowed } from '../store/lookup.ts';
import { lookUpCommands } from '../store/lookup-commands.ts';
import { conversationOf } from '../store/lookup-desk.ts';
import { CommandError } from './command-error.ts';
import { noTicket, withData } from './open-data.ts';
import { byHand, rulesFor, textFrom } from './ticket-rules.ts';

export interface Given {
  readonly id: number;
  /** The ticket's number as it was typed, for what is said of it. */
  readonly typed: string;
  readonly name: CommandName;
  readonly argument: string;
  /** What goes to the customer; empty for nothing. */
  readonly text: string;
}

/** Carries a command out; gives what is to be said. Throws CommandError where it can't be. */
export async function giveByHand(command: Command, given: Given): Promise<readonly string[]> {
  const text = cleanText(textFrom(given.text)).trim();
  if (given.name === 'note' && given.argument.trim() === '')
    throw new CommandError(64, ['kvitok ticket note: nothing was noted: write the text behind the number']);
  return withData(command, async (store, config) => {
    const { db } = store;
    const now = Date.now();
    const ticket = await ticketFollowed(db, given.id);
    if (!ticket) throw noTicket(given.typed);
    const rules = rulesFor(config, now);
    const { name, argument } = given;
    const written: Parsed = { commands: [{ typed: name, name, argument, nearest: null }], rest: text, lines: 1 };
    const standing: DeskStanding = {
      ...knownToNobody({ ...ADMIN, name: config.desk.name }),
      conversation: await conversationOf(db, ticket),
      known: await lookUpCommands(db, ticket.id, ADMIN.identity, needsOf(written.commands)),
      // whoever sits at the machine has the whole ticket before him
      confirmed: { entry: Number.MAX_SAFE_INTEGER },
    };
    const author = { ...ADMIN, name: config.desk.name };
    const c = unwritten({ author, subject: ticket.subject, text, attachments: [] }, rules, now);
    const done = carriedOut({ ...c, rules: { ...rules, language: 'en' } }, standing, written);
    const says = done.lines.flatMap((line) => [line.says.en, ...(line.shows ? ['', line.shows.en] : [])]);
    if (done.held) throw new CommandError(65, says);
    const decision = followCommands(c, standing, done, { rest: text, proven: 'at the command line' });
    if (decision.disposition === 'quarantined') throw new CommandError(65, [decision.because]);
    const responses = decision.responses.filter(({ kind }) => kind !== 'transcript');
    if (decision.changes.length + responses.length > 0) {
      const context = await byHand(command, store, rules, now);
      await db.transaction().execute((trx) => apply(trx, { ...decision, responses }, context));
    }
    return [`[#${ticket.number}] ${says[0]}`, ...says.slice(1)];
  });
}

const ADMIN = { identity: 'admin', address: '', role: 'lead', notify: false } as const;
