// The desk behind a group (Google Groups, Exchange, Mailman): every customer's letter then bears the fields of a list, and
// the list is the desk's own. It is known by the address that letters are posted to (RFC 2369 List-Post, Google's
// Mailing-list), else by a List-Id (RFC 2919) that spells such an address with a dot.

import { identity } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import type { Message } from '../mail/message.ts';
import { isOwnAddress } from '../mail/own-address.ts';

/** The posting addresses that a letter names, as written. */
function postingAddresses({ fields }: Message): readonly string[] {
  const posts = fields.every('list-post').flatMap((value) => [...value.matchAll(/<mailto:([^>?]{1,320})/gi)]);
  const named = fields.every('mailing-list').flatMap((value) => [...value.matchAll(/\blist\s+([^\s;,<>]{1,320})/gi)]);
  return [...posts, ...named].map((match) => match[1] ?? '');
}

/** Identifiers of the lists that a letter went through, in lower case. */
const listIds = ({ fields }: Message): readonly string[] =>
  fields.every('list-id').map((value) => (/<([^<>]*)>/.exec(value)?.[1] ?? value).trim().toLowerCase());

const isOurs = ({ addresses, groups }: Ours, known: string) => isOwnAddress(addresses, known) || groups.has(known);

/** The address of ours that an identifier spells with a dot; null where it spells none. */
const spelled = ({ addresses, groups }: Ours, id: string): string | null =>
  [...addresses, ...groups].find((known) => known.replace('@', '.') === id) ?? null;

/**
 * The posting address of our own group that a letter came through, normalised; null where it came through none, or through
 * somebody else's list as well.
 */
export function ownGroup(message: Message, ours: Ours): string | null {
  const written = postingAddresses(message);
  const posts = written.flatMap((address) => identity(address) ?? []);
  const ids = listIds(message);
  // a group writes one of each: a second one was there before, and is another list's or a mailing's
  if (ids.length > 1 || message.fields.every('list-unsubscribe').length > 1) return null;
  if (written.length > 0)
    return posts.length === written.length && posts.every((one) => isOurs(ours, one)) ? posts[0]! : null;
  return ids[0] === undefined ? null : spelled(ours, ids[0]);
}
