// A letter that an operator passes on to the desk is dealt with as its writer's: a ticket of his, or an entry of the one he may
// write to. He gets the acknowledgement, and the operators hear of it; the operator only stands for it.

import type { Operator } from '../../desk/operators.ts';
import { fieldsOf } from '../../mail/fields.ts';
import type { Message } from '../../mail/message.ts';
import type { Case, OnBehalf } from '../case.ts';
import type { Change, Decision, EntryFacts, TicketRef } from '../decision.ts';
import { decideRequester } from '../requester.ts';
import { decideNewTicket } from '../stranger.ts';
import type { DeskStanding } from './standing.ts';

/** Decides on a letter that is passed on, as if its writer had sent it. */
export function decideOnBehalf(c: Case, { operator, conversation }: DeskStanding, passed: OnBehalf): Decision {
  const { writer, client, sent, suspended } = passed;
  const theirs: Case = {
    ...c,
    letter: {
      ...c.letter,
      // nobody but the operator speaks for the writer, and Cc of the operator's letter makes nobody a participant
      envelope: { from: writer.address, to: c.letter.envelope.to },
      message: messageOf(c.letter.message, passed),
      proof: { result: 'none', by: null, evidence: `passed on by ${operator.name}` },
      via: null,
      // the letter that is passed on is read here, and is no file its writer would have to send again
      attachments: c.letter.attachments.map((file) =>
        file.path === passed.letter.path ? { ...file, inlined: true } : file,
      ),
    },
    author: writer,
    desk: null,
    passed: null,
    match: null,
    client,
    sent,
    suspended,
  };
  const ticket = conversation?.ticket;
  const decision = ticket?.participants.includes(writer.identity)
    ? decideRequester(theirs, {
        ticket,
        by: 'reference',
        evidence: `passed on by ${operator.name}`,
        entitled: 'participant',
      })
    : decideNewTicket(theirs, null);
  const where = decision.changes.find((change) => change.kind === 'append-entry');
  return {
    ...decision,
    because: `passed on by ${operator.name}: ${decision.because}`,
    changes: [...decision.changes, ...(where ? noted(c, operator, passed, where.ticket) : [])],
  };
}

/** What the operator wrote above it stays with the desk. */
function noted(
  { letter: { message, receivedAt } }: Case,
  { identity, name }: Operator,
  { letter: { above } }: OnBehalf,
  ticket: TicketRef,
): readonly Change[] {
  if (above === '') return [];
  const entry: EntryFacts = {
    kind: 'note',
    author: identity,
    authorName: name,
    at: receivedAt,
    subject: message.subject,
    reply: above,
    quoted: '',
    proof: '',
    attachments: [],
  };
  return [{ kind: 'append-entry', ticket, entry, apart: true }];
}

/** The letter as its writer's; of the header of the one that brought it nothing is left but the recipients. */
function messageOf(outer: Message, { letter, writer }: OnBehalf): Message {
  return {
    ...outer,
    messageId: letter.messageId,
    references: [],
    author: writer,
    from: [writer],
    cc: [],
    replyTo: [],
    subject: letter.subject,
    fields: fieldsOf([]),
    text: letter.reply,
    reply: letter.reply,
    quoted: letter.quoted,
    html: null,
  };
}
