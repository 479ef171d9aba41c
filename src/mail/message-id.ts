// Message-IDs (RFC 5322 §3.6.4), without their angle brackets: a tolerant reading of the fields that hold them, and a
// strict form that is safe to write into a field of our own or to use as a key.

// 250: longer ones serve no thread and overflow indexes of databases.
const ID = /^[^\s<>\u0000-\u001f\u007f-\u009f]{1,250}$/;
const STRICT = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.:-]+|\[[A-Za-z0-9.:-]+\])$/;

const VISIBLE_ASCII = /^[!-;=?-~]{1,250}$/;

/**
 * True for what may go into In-Reply-To or References of a letter that we send. Others call their letters as they like, and
 * their mail programs find them by nothing else; but bytes above ASCII need a server that has SMTPUTF8 (RFC 6532).
 */
export function mayBeReferredTo(id: string): boolean {
  return VISIBLE_ASCII.test(id);
}

/** True for an id as RFC 5322 wants it. Takes it without angle brackets. */
export function isMessageId(id: string): boolean {
  return id.length <= 250 && STRICT.test(id);
}

/** Fields in which providers keep the Message-ID that a letter was handed to them with, when they file it under one of their own. */
export const ORIGINAL_IDS: readonly string[] = ['x-microsoft-original-message-id', 'x-google-original-message-id'];

/** What stands between a `<` and the `>` that closes it, trimmed. */
function inBrackets(value: string): string[] {
  const opened = value.split('<').slice(1);
  return opened.flatMap((text) => {
    const close = text.indexOf('>');
    return close < 0 ? [] : [text.slice(0, close).trim()];
  });
}

/**
 * The ids of a Message-ID, In-Reply-To or References value, in order, each once, at most the last `most` (a References
 * field that is too long keeps its newest end). Words around the brackets (RFC 822 allowed them) are passed over; where
 * there are no brackets at all, words with an @ are taken. Ids with blanks, controls or over 250 characters are refused.
 */
export function messageIds(value: string, most: number): string[] {
  if (value === '') return [];
  const bracketed = inBrackets(value);
  const written = bracketed.length > 0 ? bracketed : value.split(/[\s,;<>]+/).filter((word) => word.includes('@'));
  const ids = [...new Set(written.filter((id) => ID.test(id)))];
  return most > 0 ? ids.slice(-most) : [];
}
