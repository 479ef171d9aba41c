// A letter after decoding (RFC 5322, 2045–2049): what every later station reads. Made by decode/, changed by nobody.

import type { Mailbox } from './address.ts';
import type { Fields } from './fields.ts';

/** What was wrong with the bytes and how it was mended. `code` is stable and kebab-case, `detail` is for people. */
export interface Defect {
  readonly code: string;
  readonly detail: string;
}

/** A part that a mail client would list as an attachment (RFC 2183), or a letter's report or calendar part. */
export interface Part {
  /** Its place in the structure, `2` or `1.3`, as in IMAP section numbers. */
  readonly path: string;
  readonly filename: string | null;
  /** Declared media type in lower case without parameters. */
  readonly contentType: string;
  readonly disposition: 'attachment' | 'inline' | null;
  readonly contentId: string | null;
  /** Transfer encoding undone. */
  readonly bytes: Uint8Array;
  /** Two readers of the broken structure disagree on this part; its file is not to be trusted. */
  readonly ambiguous: boolean;
  /** It stood in a text of the letter: a picture in its HTML, or an uuencoded file. */
  readonly embedded?: true;
  /** The HTML shows it below its writer's signature, and nowhere else. */
  readonly belowSignature?: true;
}

export interface Message {
  /** Without angle brackets; null where missing or malformed. */
  readonly messageId: string | null;
  /** Message-IDs of References then In-Reply-To, each once, oldest first, without angle brackets. */
  readonly references: readonly string[];
  /** The one mailbox of From by the strict grammar; null where there is none or more than one. */
  readonly author: Mailbox | null;
  /** As shown to people, by the lenient grammar. */
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  /** Date field, epoch milliseconds; null where missing or unreadable. */
  readonly date: number | null;
  readonly subject: string;
  readonly fields: Fields;
  /** The whole text, `\n` line ends. */
  readonly text: string;
  /** What the writer added: `text` without quoted history and signature. */
  readonly reply: string;
  /** What `reply` leaves out, so that nothing is lost to sight. */
  readonly quoted: string;
  /** The HTML part as it came, decoded, its `data:` pictures replaced by the Content-IDs of their parts; or null. */
  readonly html: string | null;
  readonly parts: readonly Part[];
  readonly defects: readonly Defect[];
}
