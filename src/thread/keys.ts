// First half of threading: what a letter says of the ticket it belongs to. Pure; the look-up comes between the halves.

import type { Message } from '../mail/message.ts';
import { sequenceOf } from './damm.ts';
import { tagsIn } from './tags.ts';

/** A claim by the letter, strongest kind first. */
export type ThreadKey =
  | { readonly kind: 'message-id'; readonly messageId: string }
  | { readonly kind: 'tag'; readonly ticket: number; readonly number: string };

/**
 * Everything in a letter that can name a ticket: the Message-ID of the letter that bounced, for a delivery report; the
 * Message-IDs it refers to, newest first; then tags of its subject.
 */
export function threadKeys(message: Message, bounced: string | null): readonly ThreadKey[] {
  const referred = [...(bounced === null ? [] : [bounced]), ...message.references.toReversed()];
  return [
    ...referred.map((messageId): ThreadKey => ({ kind: 'message-id', messageId })),
    ...tagsIn(message.subject).flatMap((number): ThreadKey[] => {
      const ticket = sequenceOf(number);
      return ticket === null ? [] : [{ kind: 'tag', ticket, number }];
    }),
  ];
}
