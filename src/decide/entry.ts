// A letter as an entry of a ticket.

import type { Case } from './case.ts';
import type { Change, EntryFacts, TicketRef } from './decision.ts';

/** Appends the letter to a ticket and remembers its Message-ID, by which later letters may refer to it. */
export function filed(c: Case, ticket: TicketRef, kind: EntryFacts['kind']): readonly Change[] {
  const { message, receivedAt, attachments } = c.letter;
  const shown = c.author ?? message.from[0];
  const entry: EntryFacts = {
    kind,
    author: shown?.address ?? '',
    authorName: shown?.name ?? '',
    at: receivedAt,
    subject: message.subject,
    reply: message.reply,
    quoted: message.quoted,
    attachments,
  };
  const append: Change = { kind: 'append-entry', ticket, entry };
  return message.messageId ? [append, { kind: 'remember-message-id', ticket, messageId: message.messageId }] : [append];
}
