// The customer's own subject as an acknowledgement repeats it: an address that anybody may have put into From must not be a
// way to send words of one's own to whoever owns it.

import { tagsIn, untagged } from '../thread/tags.ts';
import type { Case } from './case.ts';
import { believedClient } from './client.ts';

/** Whether somebody stands for the writer: only to such a one an acknowledgement repeats words of his own. */
export const isKnownWriter = (c: Case): boolean => c.letter.proof.result === 'pass' || believedClient(c) !== null;

/** A subject is one line of a list; mail programs show no more of it. */
const MAX_CHARS = 150;

/**
 * The subject without reply prefixes and tags, cut to 150 characters; null where it is not repeated: of a writer who is neither a client
 * of the register nor proven, of what the desk itself wrote down or passed on, and where another ticket is named in words.
 */
export function ownSubject(c: Case): string | null {
  if (!isKnownWriter(c)) return null;
  // a call or a letter that was passed on has no header: its subject is an operator's, or nobody stands for it
  const subject = untagged(c.letter.message.fields.first('subject') ?? '');
  if (subject === '' || tagsIn(subject).length > 0) return null;
  const characters = [...subject];
  return characters.length > MAX_CHARS
    ? `${characters
        .slice(0, MAX_CHARS - 1)
        .join('')
        .trimEnd()}…`
    : subject;
}
