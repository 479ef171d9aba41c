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
export function decideCall({ caller, subject, text, kind, attachments, now, ...rest }: Call): Decision {
  const message: Message = {
    messageId: null,
    references: [],
    author: caller,
    from: [caller],
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
  const c: Case = {
    letter: {
      receivedAt: now,
      envelope: { from: caller.address, to: [] },
      message,
      classification: { kind: 'human', rule: 'none', evidence: '' },
      proof: { result: 'none', by: null, evidence: '' },
      report: null,
      attachments,
      oversize: null,
      silent: null,
    },
    author: caller,
    match: null,
    desk: null,
    passed: null,
    sentFolder: null,
    bouncedTo: null,
    suspended: false,
    now,
    ...rest,
  };
  return { ...decideNewTicket(c, null, kind), because: 'noted by the desk' };
}
