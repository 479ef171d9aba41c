// A ticket for somebody who called, or who reached the desk past its mailbox.

import type { Command } from 'commander';
import { type Call, decideCall } from '../decide/call.ts';
import type { Decision } from '../decide/decision.ts';
import { momentWords } from '../desk/deadline-words.ts';
import { identity } from '../mail/address.ts';
import { cleanLine, cleanText } from '../mail/clean.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import { apply } from '../store/apply.ts';
import { findClient } from '../store/clients.ts';
import { sentLately } from '../store/lookup.ts';
import { ticketNumber } from '../thread/damm.ts';
import { CommandError } from './command-error.ts';
import { say, withData } from './open-data.ts';
import { byHand, rulesFor, textFrom } from './ticket-rules.ts';

export interface NewTicket {
  readonly from: string;
  readonly subject: string;
  readonly name?: string;
  readonly text: string;
  readonly phone?: boolean;
  readonly acknowledge?: boolean;
}

/** Opens the ticket and says its number. Throws CommandError where the address is none. */
export async function openByHand(command: Command, options: NewTicket): Promise<void> {
  const known = identity(options.from);
  if (known === null)
    throw new CommandError(64, [`kvitok ticket new: --from takes an e-mail address, not ${options.from}`]);
  await withData(command, async (store, config) => {
    const now = Date.now();
    const { db } = store;
    const rules = rulesFor(config, now);
    if (isOwnAddress(rules.ownAddresses, known))
      throw new CommandError(64, [`kvitok ticket new: ${known} is an address of the desk itself`]);
    const call: Call = {
      caller: { name: cleanLine(options.name ?? ''), address: options.from, identity: known },
      client: await findClient(db, known),
      subject: cleanLine(options.subject),
      text: cleanText(textFrom(options.text)),
      attachments: [],
      kind: options.phone ? 'phone' : 'customer',
      sent: await sentLately(db, { author: known, domain: null, ticket: null }, now),
      rules,
      now,
    };
    const decision = decideCall(call);
    const responses = decision.responses.filter(({ kind }) => options.acknowledge || kind !== 'acknowledgement');
    const context = await byHand(command, store, rules, now);
    const { ticket } = await db.transaction().execute((trx) => apply(trx, { ...decision, responses }, context));
    say(`[#${ticketNumber(ticket!)}] opened for ${known}${untilWhen(decision, rules.timeZone)}`);
    if (options.acknowledge && decision.silence !== null) say(`no acknowledgement: ${decision.silence}`);
  });
}

/** The level, and until when the desk answers. */
function untilWhen({ changes }: Decision, timeZone: string): string {
  const words = changes.map((change) => {
    if (change.kind === 'open-ticket') return `, level ${change.level.level}`;
    return change.kind === 'start-clock' ? `, answer due ${momentWords(change.dueAt, timeZone, 'en')}` : '';
  });
  return words.join('');
}
