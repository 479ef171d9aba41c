// Everything a decision on a letter may look at, gathered before it: the letter, what the store knows, the desk's rules.

import type { Classification } from '../mail/classification.ts';
import type { Envelope } from '../mail/envelope.ts';
import type { Mailbox } from '../mail/address.ts';
import type { Message } from '../mail/message.ts';
import type { Language } from '../desk/tickets.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import type { AttachmentFacts } from './decision.ts';

/** A letter on its way, after decoding and classifying. */
export interface Letter {
  readonly receivedAt: number;
  readonly envelope: Envelope;
  readonly message: Message;
  readonly classification: Classification;
  readonly attachments: readonly AttachmentFacts[];
  /** Bytes the server stated for a letter over the size limit, of which only the header is here. */
  readonly oversize: number | null;
  /** Set by the source: no acknowledgement whatever the letter says, and why. */
  readonly silent: string | null;
}

/** What has been sent lately, for the limits on acknowledgements. */
export interface SentLately {
  /** Acknowledgements to this address within the last hour and day. */
  readonly toAddressHour: number;
  readonly toAddressDay: number;
  /** Brief acknowledgements on the matched ticket within the last hour. */
  readonly onTicketHour: number;
}

export interface Rules {
  readonly language: Language;
  readonly ownAddresses: ReadonlySet<string>;
  readonly acknowledge: {
    readonly replies: boolean;
    readonly notOlderThanHours: number;
    readonly perAddressHour: number;
    readonly perAddressDay: number;
  };
}

export interface Case {
  readonly letter: Letter;
  /** From as one strictly valid mailbox, its address normalised; null where there is none. */
  readonly author: Mailbox | null;
  readonly match: ThreadMatch | null;
  readonly sent: SentLately;
  readonly rules: Rules;
  readonly now: number;
}
