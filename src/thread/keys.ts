// First half of threading: what a letter says of the ticket it belongs to. Pure; the look-up comes between the halves.

import type { Envelope } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import { sequenceOf } from './damm.ts';
import { type OwnId, readOwnId } from './own-id.ts';
import { type ReplyToken, readReplyAddress } from './reply-address.ts';
import type { SigningKeys } from './signing.ts';
import { tagsIn } from './tags.ts';

/** A claim by the letter. */
export type ThreadKey =
  | { readonly kind: 'reply-address'; readonly token: ReplyToken; readonly evidence: string }
  /** `own`: what a digest of ours in it proves; null for everybody else's Message-IDs. */
  | { readonly kind: 'message-id'; readonly messageId: string; readonly own: OwnId | null }
  | { readonly kind: 'tag'; readonly ticket: number; readonly number: string };

/** What of a letter is read. */
export interface Threaded {
  readonly message: Message;
  readonly envelope: Envelope;
  /** Message-ID of the letter that bounced, for a delivery report. */
  readonly bounced: string | null;
}

/** How the desk marks its own letters. */
export interface Marks {
  readonly keys: SigningKeys;
  /** The support address, before the `+`. */
  readonly address: string;
  readonly messageIdHost: string;
}

/** Everything in a letter that can name a ticket: reply addresses, Message-IDs (newest first), tags of the subject. */
export function threadKeys({ message, envelope, bounced }: Threaded, marks: Marks): readonly ThreadKey[] {
  const recipients = new Set([...envelope.to, ...[...message.to, ...message.cc].map(({ address }) => address)]);
  const referred = [...(bounced === null ? [] : [bounced]), ...message.references.toReversed()];
  return [
    ...[...recipients].flatMap((recipient): ThreadKey[] => {
      const token = readReplyAddress(marks.keys, marks.address, recipient);
      // never the address itself: who reads the log could answer in its owner's place
      return token ? [{ kind: 'reply-address', token, evidence: 'signed reply address' }] : [];
    }),
    ...referred.map(
      (messageId): ThreadKey => ({
        kind: 'message-id',
        messageId,
        own: readOwnId(marks.keys, marks.messageIdHost, messageId),
      }),
    ),
    ...tagsIn(message.subject).flatMap((number): ThreadKey[] => {
      const ticket = sequenceOf(number);
      return ticket === null ? [] : [{ kind: 'tag', ticket, number }];
    }),
  ];
}
