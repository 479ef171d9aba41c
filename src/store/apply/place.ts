// Where a letter back belongs, and what it is marked with.

import type { OutgoingKind } from '../../desk/outgoing.ts';
import type { ReplyToken } from '../../thread/reply-address.ts';

/** What our letters are marked with. */
export interface Marking {
  /** Makes a Message-ID for a letter of ours; `ticket` is null where it is about none. */
  readonly messageIdFor: (kind: OutgoingKind, ticket: number | null) => string;
  /** The signed address for answers of one person; null where the mailbox takes no subaddresses. */
  readonly replyAddressFor: (token: Omit<ReplyToken, 'person'>, identity: string) => string | null;
}

/** Where a response belongs. */
export interface Place {
  readonly ticket: number;
  /** The entry that is answered; 0 where there is none. */
  readonly entry: number;
  /** The letter that is answered; null where there is none. */
  readonly letter: number | null;
  readonly now: number;
}
