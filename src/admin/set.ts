// kvitok set ID: changes a ticket by hand.

import { type Command, Option } from 'commander';
import { STATES, type TicketState } from '../desk/tickets.ts';
import { setState } from '../store/set-ticket.ts';
import { ticketNumber } from '../thread/damm.ts';
import { configOption } from './config-option.ts';
import { noTicket, say, ticketId, withData } from './open-data.ts';

/** `merged` is not among them: a merge needs to know into what. */
const CHOICES = STATES.filter((state) => state !== 'merged');

/** Adds arguments and action. */
export function define(command: Command): void {
  command
    .argument('<id>', 'ticket number')
    .addOption(configOption())
    .addOption(new Option('--state <state>', 'move the ticket to this state').choices(CHOICES).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample (somebody said only «спасибо», but the matter is open):\n  kvitok set 10429 --state open',
    )
    .action(async (typed: string, options: { state: TicketState }) => {
      const id = ticketId(typed);
      await withData(command, async ({ db }) => {
        const done = await setState(db, id, options.state, Date.now());
        if (done === null) throw noTicket(typed);
        const { was, ticket } = done;
        const number = ticketNumber(ticket);
        if (ticket !== id) say(`[#${typed}] goes on in [#${number}]`);
        say(was === options.state ? `[#${number}] is ${was} already` : `[#${number}] ${was} → ${options.state}`);
      });
    });
}
