// Addresses (RFC 5322 §3.4, RFC 5321 §4.1.2): a strict grammar that says who somebody is, a lenient one that says what
// to show. Both take the field as it came, undecoded: an encoded word, a comment or a group never becomes an address.

import { domainToASCII } from 'node:url';
import { type Token, tokens } from './address-tokens.ts';

export interface Mailbox {
  /** Display name; of an undecoded field still undecoded, quotes and comments' parentheses taken off. */
  readonly name: string;
  readonly address: string;
}

const ASCII = /^[\x00-\x7f]*$/;
const DOT_ATOM = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/**
 * The domain as A-labels in lower case without the final dot, or null. Address literals and names that end in a
 * number are refused: nobody's identity hangs on them. Non-ASCII goes through UTS 46.
 */
function asciiDomain(domain: string): string | null {
  const written = domain.replace(/\.$/, '').toLowerCase();
  const plain = ASCII.test(written);
  // Only letters, digits, hyphens, dots: the URL host parser behind domainToASCII would undo %41 and cut at slashes.
  if (!plain && !/^[\p{L}\p{M}\p{N}._-]+$/u.test(written)) return null;
  const ascii = plain ? written : domainToASCII(written);
  return ascii.length > 253 || !DOMAIN.test(ascii) || /(?:^|\.)\d+$/.test(ascii) ? null : ascii;
}

interface Spec {
  readonly local: string;
  readonly domain: string;
}

function spec(address: string): Spec | null {
  const at = address.lastIndexOf('@');
  if (at < 1) return null;
  const written = address.slice(0, at);
  const local = /^"[^"\\]*"$/.test(written) ? written.slice(1, -1) : written;
  const domain = asciiDomain(address.slice(at + 1));
  // 64 and 254: RFC 5321 §4.5.3.1. `=?` would be an encoded word, which RFC 2047 §5 forbids inside an address.
  if (domain === null || local.length > 64 || local.length + 1 + domain.length > 254) return null;
  return DOT_ATOM.test(local) && !local.includes('=?') ? { local, domain } : null;
}

/**
 * The form that all spellings of one mailbox share: lower case, domain as A-labels, no final dot, no needless quotes.
 * Takes one bare address; null where it is none. For comparing and as a key, not for sending.
 */
export function identity(address: string): string | null {
  const found = spec(address.normalize('NFC'));
  return found && `${found.local.toLowerCase()}@${found.domain}`;
}

/** A header comes as bytes read as latin1; RFC 6532 lets it hold UTF-8. What is no UTF-8 stays as it is. */
function utf8(value: string): string {
  if (!/[\x80-\xff]/.test(value) || /[^\x00-\xff]/.test(value)) return value;
  const read = Buffer.from(value, 'latin1').toString('utf8');
  return read.includes('\ufffd') ? value : read;
}

/** The address to send to: local part as written (it may be case-sensitive by RFC 5321 §2.4), domain as A-labels. */
function sendable(address: string): string | null {
  const found = spec(ASCII.test(address) ? address : utf8(address).normalize('NFC'));
  return found && `${found.local}@${found.domain}`;
}

function joined(parts: readonly Token[]): string {
  let text = '';
  for (const part of parts) text += (part.spaced && text ? ' ' : '') + part.text;
  return text;
}

/**
 * The words of a domain that was written with blanks round its dots (RFC 5322 §4.4, obs-domain), in one; those of any other
 * address as they are. Where no dot stands at a blank, a new word begins.
 */
function withJoinedDomain(parts: readonly Token[]): readonly Token[] {
  const at = parts.findIndex(({ kind }) => kind === '@');
  const joined: Token[] = [];
  for (const [index, part] of parts.entries()) {
    const last = joined.at(-1);
    const inDomain = at >= 0 && index > at + 1 && part.kind === 'atom' && last?.kind === 'atom';
    if (inDomain && (last.text.endsWith('.') || part.text.startsWith('.')))
      joined[joined.length - 1] = { ...last, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}

/** Tokens of an addr-spec: local part, @ and domain with nothing between them. */
function addrSpec(parts: readonly Token[]): string | null {
  const [local, at, domain, ...others] = withJoinedDomain(parts);
  if (others.length > 0 || !local || !domain || at?.kind !== '@' || domain.kind !== 'atom') return null;
  if ((local.kind !== 'atom' && local.kind !== 'quoted') || at.spaced || domain.spaced) return null;
  return sendable(`${local.kind === 'quoted' ? `"${local.text}"` : local.text}@${domain.text}`);
}

/**
 * The one mailbox of an originator field, for identity. Takes the undecoded value; null unless it holds exactly one
 * mailbox: groups, routes, lists, comments inside an address and unclosed brackets are no identity. Two things that
 * mailers write against the grammar pass because no reader can take them for another address: an unquoted comma or dot
 * in the name, and the same address again as its own name.
 */
export function strictMailbox(value: string): Mailbox | null {
  const { tokens: all, complete } = tokens(value);
  if (!complete) return null;
  const open = all.findIndex((token) => token.kind === '<');
  const comments = all.filter((token) => token.kind === 'comment');
  if (open < 0) {
    const from = all.findIndex(({ kind }) => kind !== 'comment');
    const to = all.findLastIndex(({ kind }) => kind !== 'comment');
    const address = addrSpec(all.slice(Math.max(from, 0), to + 1));
    return address === null ? null : { name: joined(comments), address };
  }
  const close = all.findIndex((token) => token.kind === '>');
  const behind = all.slice(close + 1);
  if (close < open || behind.some((token) => token.kind !== 'comment')) return null;
  const address = addrSpec(all.slice(open + 1, close));
  if (address === null) return null;
  const phrase = all.slice(0, open).filter((token) => token.kind !== 'comment');
  const name = joined(phrase);
  const words = phrase.every((token) => ['atom', 'quoted', 'encoded', ','].includes(token.kind));
  if (!words && identity(name) !== identity(address)) return null;
  return { name: name || joined(comments), address };
}

/** An address as shown: quotes stay where taking them off would make it look like another one. */
function shownAddress(parts: readonly Token[]): string {
  const texts = parts.map(({ kind, text }) => (kind === 'quoted' && !DOT_ATOM.test(text) ? `"${text}"` : text));
  return utf8(texts.join(''));
}

/** One item of a list: what stands between commas. */
function lenientMailbox(item: readonly Token[]): Mailbox | null {
  const comments = item.filter((token) => token.kind === 'comment');
  const rest = withJoinedDomain(item.filter((token) => token.kind !== 'comment'));
  const open = rest.findLastIndex((token) => token.kind === '<');
  if (open >= 0) {
    const close = rest.findIndex((token, at) => at > open && token.kind === '>');
    const inside = rest.slice(open + 1, close < 0 ? undefined : close);
    // A route (RFC 822 §6.2.7) ends with a colon; only what follows is the mailbox.
    const address = inside.slice(inside.findLastIndex((token) => token.kind === ':') + 1);
    const name = joined(rest.slice(0, open).filter((token) => token.kind !== '<'));
    const shown = shownAddress(address);
    return shown || name ? { name: name || joined(comments), address: shown } : null;
  }
  if (rest.some((token) => token.kind === '@')) {
    const at = rest.findIndex((token) => token.kind === '@');
    const from = rest.findLastIndex((token, index) => index < at && token.spaced);
    const until = rest.findIndex((token, index) => index > at + 1 && token.spaced);
    const address = rest.slice(Math.max(from, 0), until < 0 ? undefined : until);
    const name = joined(rest.slice(0, Math.max(from, 0))) || joined(comments);
    return { name, address: shownAddress(address) };
  }
  const name = joined(rest) || joined(comments);
  return name ? { name, address: '' } : null;
}

/** Items between commas and semicolons; the name of a group is dropped, its members stay. */
function items(all: readonly Token[]): Token[][] {
  const list: Token[][] = [[]];
  let angle = false;
  for (const token of all) {
    if (token.kind === '<') angle = true;
    if (token.kind === '>') angle = false;
    if (!angle && (token.kind === ',' || token.kind === ';')) list.push([]);
    else if (!angle && token.kind === ':') list[list.length - 1] = [];
    else list.at(-1)?.push(token);
  }
  return list.filter((item) => item.length > 0);
}

/**
 * What an address field shows to people, at most `most` mailboxes. Takes the undecoded value; an item without an
 * address has `address` `''`. Never for deciding who somebody is.
 */
export function lenientMailboxes(value: string, most: number): readonly Mailbox[] {
  const found: Mailbox[] = [];
  let surname: Mailbox | null = null;
  for (const item of items(tokens(value).tokens)) {
    if (found.length >= most) return found;
    const mailbox = lenientMailbox(item);
    if (mailbox === null) continue;
    if (mailbox.address === '') {
      if (surname) found.push(surname);
      surname = mailbox;
      continue;
    }
    // «Иванов, Иван <…>» with the comma unquoted (1C, PHP mail()): the name before the comma belongs to the address.
    const whole: Mailbox = surname ? { name: `${surname.name}, ${mailbox.name}`, address: mailbox.address } : mailbox;
    found.push(whole);
    surname = null;
  }
  if (surname && found.length < most) found.push(surname);
  return found;
}
