// Somebody who got an announcement wants no more of them: by answering it, by the link of its List-Unsubscribe field (RFC 2369),
// or by a letter of his own.

import type { Kysely } from 'kysely';
import type { Unsubscribing } from '../decide/case.ts';
import { asksToUnsubscribe, unsubscribeToken } from '../desk/announcements/announcement.ts';
import type { Message } from '../mail/message.ts';
import { wasAnnouncedTo } from '../store/announcements.ts';
import { recipientsOf } from '../store/lookup.ts';
import type { Tables } from '../store/schema.ts';
import type { Marks, ThreadKey } from '../thread/keys.ts';
import { readOwnId } from '../thread/own-id.ts';
import { stripReplyPrefixes } from '../thread/tags.ts';

/** Who asks for no more; null where the letter asks for nothing of the kind, or nothing was ever announced to its writer. */
export async function unsubscribing(
  trx: Kysely<Tables>,
  message: Message,
  keys: readonly ThreadKey[],
  { author, marks }: { readonly author: string | null; readonly marks: Marks },
): Promise<Unsubscribing | null> {
  const subject = stripReplyPrefixes(message.subject);
  if (!asksToUnsubscribe(subject)) return null;
  for (const id of announcementIds(subject, keys, marks)) {
    // the reader of that letter, whichever address he writes from: nobody else has its Message-ID
    const [address] = await recipientsOf(trx, id);
    if (address !== undefined) return { address, signed: true };
  }
  return author !== null && (await wasAnnouncedTo(trx, author)) ? { address: author, signed: false } : null;
}

/** Signed Message-IDs of announcements that a letter answers or bears in its subject. */
function announcementIds(
  subject: string,
  keys: readonly ThreadKey[],
  { keys: signing, messageIdHost }: Marks,
): readonly string[] {
  const answered = keys.flatMap((key) => (key.kind === 'message-id' ? [key.messageId] : []));
  const token = unsubscribeToken(subject);
  const named = token === null ? [] : [`${token}@${messageIdHost}`];
  return [...named, ...answered].filter((id) => readOwnId(signing, messageIdHost, id)?.kind === 'announcement');
}
