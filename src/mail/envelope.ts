// What the transport knows of a letter (RFC 5321), apart from what the letter says of itself.

/** MAIL FROM and RCPT TO. `from` is `''` for the null reverse-path and `null` where the transport did not tell. */
export interface Envelope {
  readonly from: string | null;
  readonly to: readonly string[];
}

/** One hand-over of one letter by a source. */
export interface Delivery {
  /** `imap:<account>`, `sent:<account>`, `pipe`, `file`, `maildir`, `mbox`; for people and metrics. */
  readonly source: string;
  /** Unique per hand-over, the same when the same hand-over is repeated: `imap:<account>:<mailbox>:<uidvalidity>:<uid>`. */
  readonly key: string;
  /** When the letter reached our side (INTERNALDATE, first trusted Received), epoch milliseconds; starts the clock. */
  readonly receivedAt: number;
  readonly envelope: Envelope;
  readonly raw: Uint8Array;
  /** Set when the letter is past the size limit and `raw` holds its header block only: the size the server stated. */
  readonly oversize?: number;
  /** Set when the letter must get no acknowledgement whatever it says, with the reason an admin reads. */
  readonly silent?: string;
}

/** The source of the letters that the desk sent itself from an account. */
export const sentBy = (account: string): string => `${SENT}${account}`;

/** Whether a source is a folder of letters that the desk sent itself. */
export const isSentFolder = (source: string): boolean => source.startsWith(SENT);

const SENT = 'sent:';
