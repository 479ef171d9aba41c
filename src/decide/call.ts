// A call, or whatever else reached the desk past its mailbox: a ticket for who called, as if they had written what was noted.

import type { Client } from '../desk/clients/client.ts';
import { fieldsOf } from '../mail/fields.ts';
import type { Message } from '../mail/message.ts';
import type { Author, Case, Rules, SentLately } from './case.ts';
import type { AttachmentFacts, Decision } from './decision.ts';
import { decideNewTicket } from './stranger.ts';

export interface Call {
  readonly caller: Author;
  /** The caller's, by the register; null where it does not know the address. */
  readonly client: Client | null;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly AttachmentFacts[];
  readonly kind: 'phone' | 'customer';
  /** Acknowledgements to the caller, for their limits. */
  readonly sent: SentLately;
  readonly rules: Rules;
  readonly now: number;
}

/** Opens the ticket of a call; the caller gets its number by letter. */
export function decideCall({ caller, kind, subject, text, attachments, client, sent, rules, now }: Call): Decision {
  const c = unwritten({ author: caller, subject, text, attachments }, rules, now);
  return { ...decideNewTicket({ ...c, client, sent }, null, kind), because: 'noted by the desk' };
}

/** A case about something that nobody wrote a letter of. */
export function unwritten(
  said: {
    readonly author: Author;
    readonly subject: string;
    readonly text: string;
    readonly attachments: readonly AttachmentFacts[];
  },
  rules: Rules,
  now: number,
): Case {
  const { author, subject, text, attachments } = said;
  const message: Message = {
    messageId: null,
    references: [],
    author,
    from: [author],
    to: [],
    cc: [],
    replyTo: [],
    date: now,
    subject,
    fields: fieldsOf([]),
    text,
    reply: text,
    quoted: '',
    html: null,
    parts: [],
    defects: [],
  };
  return {
    letter: {
      receivedAt: now,
      envelope: { from: author.address, to: [] },
      message,
      classification: { kind: 'human', rule: 'none', evidence: '' },
      via: null,
      proof: { result: 'none', by: null, evidence: '' },
      report: null,
      attachments,
      oversize: null,
      silent: null,
    },
    author,
    match: null,
    unsubscribes: null,
    answeredAt: null,
    passed: null,
    client: null,
    sent: NOTHING_SENT,
    bouncedTo: [],
    bouncedAnswer: null,
    suspended: false,
    toldEnough: new Set(),
    desk: null,
    noticed: null,
    sentFolder: null,
    released: null,
    rules,
    now,
  };
}

/** Nothing that would count against the limits of acknowledgements. */
export const NOTHING_SENT: SentLately = { toAddressHour: 0, toAddressDay: 0, toDomainHour: 0, onTicketHour: 0 };
