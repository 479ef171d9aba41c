// An operator's words to the people of a ticket: one letter from the desk's address under the operator's name, rebuilt from
// what was read of his letter, so that nothing of his client's goes along (house rule: the raw letter is never relayed).

import type { AnswerForm } from '../../desk/commands/carry-out.ts';
import { moved } from '../../desk/tickets.ts';
import { identity, type Mailbox } from '../../mail/address.ts';
import { isOwnAddress } from '../../mail/own-address.ts';
import { withTag } from '../../thread/tags.ts';
import type { Case } from '../case.ts';
import type { Addressee, Answer, Change, Decision, EntryFacts } from '../decision.ts';
import { notificationsFor } from '../notify.ts';
import type { Draft } from './draft.ts';

/** How an answer goes out. */
export interface Way {
  readonly form: AnswerForm;
  /** Shown as the sender; null for the desk's own name. */
  readonly from: string | null;
  /** Why it is believed. */
  readonly because: string;
  /** Whether a command of the letter said where the ticket goes; else it waits for the customer now. */
  readonly decided: boolean;
}

/** Sends the draft. */
export function sendAnswer(c: Case, draft: Draft, way: Way): Decision {
  const { standing, conversation } = draft;
  const { ticket } = conversation;
  const { operator } = standing;
  const to = way.decided ? ticket.state : moved(ticket.state, 'desk-answered');
  const move: readonly Change[] =
    to === ticket.state
      ? []
      : [
          {
            kind: 'move-ticket',
            ticket: ticket.id,
            from: ticket.state,
            to,
            by: operator.identity,
            because: 'the desk answered',
          },
        ];
  const entry: EntryFacts = {
    kind: 'answer',
    author: operator.identity,
    authorName: operator.name,
    at: c.letter.receivedAt,
    subject: c.letter.message.subject,
    reply: draft.text,
    quoted: c.letter.message.quoted,
    proof: way.because,
    attachments: c.letter.attachments,
  };
  const { messageId } = c.letter.message;
  return {
    disposition: 'appended',
    because: `${operator.name} answers [#${ticket.number}]: ${way.because}`,
    changes: [
      { kind: 'append-entry', ticket: ticket.id, entry },
      ...(messageId ? [{ kind: 'remember-message-id', ticket: ticket.id, messageId } as const] : []),
      ...move,
    ],
    responses: [letterTo(c, draft, way), ...notificationsFor(c, { ...ticket, ticket: ticket.id }, 'answer')],
    silence: SILENCE,
  };
}

/** Why no letter of an operator is acknowledged. */
export const SILENCE = 'an operator’s letter is not acknowledged';

function letterTo(c: Case, draft: Draft, { form, from }: Way): Answer {
  const { ticket, thread } = draft.conversation;
  const [to, ...cc] = addressees(c, draft);
  return {
    kind: 'answer',
    form,
    ticket: ticket.id,
    to: to!,
    cc,
    from,
    language: ticket.language,
    subject: withTag(ticket.subject, ticket.number),
    inReplyTo: thread.at(-1) ?? null,
    references: thread,
    files: draft.files.map(({ path, filename }) => ({ path, filename })),
    holdMs: c.rules.holdMs,
  };
}

/** The requester, and everybody else who may write to the ticket: never an operator or the desk, whoever put them in Cc. */
export function addressees({ rules }: Case, { conversation }: Draft): readonly Addressee[] {
  const { requester } = conversation.ticket;
  const isOfDesk = (known: string) =>
    isOwnAddress(rules.ownAddresses, known) || rules.operators.some((operator) => operator.identity === known);
  return conversation.people.flatMap(({ name, address }: Mailbox) => {
    const known = identity(address);
    if (known === null || (known !== requester && isOfDesk(known))) return [];
    return [{ name, address, identity: known }];
  });
}
