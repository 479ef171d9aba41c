// Where a letter back belongs, and what it is marked with.

/** What our letters are marked with. */
export interface Marking {
  /** Makes a Message-ID for a letter of ours. */
  readonly messageIdFor: (kind: string, ticket: string) => string;
  /** The signed address for answers to an entry, for one person; null where the mailbox takes no subaddresses. */
  readonly replyAddressFor: (ticket: number, entry: number, identity: string) => string | null;
}

/** Where a response belongs. */
export interface Place {
  readonly ticket: number;
  /** The entry that is answered; 0 where there is none. */
  readonly entry: number;
  /** The letter that is answered. */
  readonly letter: number;
  readonly now: number;
}
