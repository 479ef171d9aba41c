// One Received field (RFC 5321 §4.4): was this step inside our own machines, or did the letter come from somebody else?
// Every field below a step from outside may have been written by the sender.

import { type Token, tokens } from '../mail/address-tokens.ts';

export interface Hop {
  /** The server that wrote the field, lower case; null where that can be read in two ways or not at all. */
  readonly by: string | null;
  /** Nobody outside could have handed the letter over in this step. */
  readonly inside: boolean;
  /**
   * Names that the server verified of its peer, and addresses it saw, lower case; `localhost` for a program on its own
   * machine, and nothing where it says nothing.
   */
  readonly peer: readonly string[];
}

/** A Received field is read up to here; what matters stands at its front. */
const MOST_CHARS = 2000;

/** RFC 3848. LMTP only ever runs behind an MTA. */
const BEHIND_AN_MTA = /^lmtps?a?$/i;
const UNAUTHENTICATED = /^e?smtps?$/i;

const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/gi;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|(?:0{0,4}:){2,7}0{0,3}1)$/;

/** Without the tag of an IPv6 literal (RFC 5321 §4.1.3), whose last digit would be taken for one of the address. */
const addressesIn = ({ text }: Token): readonly string[] => text.replace(/ipv6:/gi, ' ').match(ADDRESS) ?? [];

/** The word behind `by` or `with`; null where the keyword is missing, or there twice, for HELO may have brought one along. */
function clause(words: readonly Token[], keyword: string): string | null {
  const [at, again] = words.flatMap(({ text }, index) => (text.toLowerCase() === keyword ? [index] : []));
  if (at === undefined || again !== undefined) return null;
  return words[at + 1]?.text.toLowerCase().replace(/\.$/, '') ?? null;
}

/** The name before an address in a comment, `(name [address])`: looked up by the server, and no claim of the peer's. */
const verifiedNames = (comments: readonly Token[]): readonly string[] =>
  comments.flatMap(({ text }) => /^([a-z0-9.-]+?)\.? \[[0-9a-f:.]+\]$/i.exec(text)?.[1]?.toLowerCase() ?? []);

/**
 * The peer as the server itself saw it: `(name [address])` (Postfix, Sendmail) or `([address] …)`. The word before it is
 * only what the peer called itself in HELO, and no evidence.
 */
function fromOurselves(from: readonly Token[], trusted: string | null): boolean {
  const comments = from.filter(({ kind }) => kind === 'comment');
  const seen = comments.some((comment) => addressesIn(comment).length > 0);
  if (seen && from.flatMap(addressesIn).every((address) => LOOPBACK.test(address))) return true;
  return trusted !== null && verifiedNames(comments).includes(trusted);
}

/**
 * Reads a Received value. `trusted` is the host whose results count, where it has one name: a step from that very host,
 * as the next server saw it, is inside. What can't be read is a step from outside.
 */
export function hopOf(received: string, trusted: string | null): Hop {
  const { tokens: read, complete } = tokens(received.slice(0, MOST_CHARS));
  const date = read.findIndex(({ kind }) => kind === ';');
  const all = date < 0 ? read : read.slice(0, date);
  const words = all.filter(({ kind }) => kind !== 'comment');
  const [from, , behindHelo] = words;
  const by = clause(words, 'by');
  const protocol = clause(words, 'with') ?? '';
  if (by === null || (!complete && date < 0)) return { by, inside: false, peer: [] };
  // RFC 5321 §4.4: FROM must be there when a stranger handed the letter over. Servers that hide their users' addresses
  // leave it out too (with ESMTPA), and so does a letter from a script on the machine (no protocol).
  if (from?.text.toLowerCase() !== 'from') {
    return { by, inside: UNAUTHENTICATED.test(protocol), peer: protocol === '' ? ['localhost'] : [] };
  }
  if (behindHelo?.text.toLowerCase() !== 'by') return { by, inside: false, peer: [] };
  const peer = all.slice(0, all.indexOf(behindHelo));
  const comments = peer.filter(({ kind }) => kind === 'comment');
  return {
    by,
    inside: BEHIND_AN_MTA.test(protocol) || fromOurselves(peer, trusted),
    peer: [...verifiedNames(comments), ...comments.flatMap(addressesIn).map((address) => address.toLowerCase())],
  };
}
