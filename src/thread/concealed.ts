// What of the desk must never reach a customer in anything that a person wrote: addresses of operators, signed addresses to
// answer to, signed links, Message-IDs. They are found by comparing with the secrets themselves, whatever a mail client made
// of their spelling, and never by the shape of a quote.

import { domainToUnicode } from 'node:url';
import { type Canonical, canonical, type Spelling } from '../mail/canonical.ts';
import { RATING_CHARS, ratedTicket } from './rating-link.ts';
import { readReplyToken, TOKEN_CHARS } from './reply-address.ts';
import type { SigningKeys } from './signing.ts';

export interface DeskSecrets {
  /** The support address: it stands where one of the others stood. */
  readonly address: string;
  /** Normalised addresses of the people of the desk. */
  readonly people: readonly string[];
  /** Null where nothing was signed, or the keys are not at hand. */
  readonly keys: SigningKeys | null;
}

export interface Where {
  /** The text is HTML, where a tag may stand in the middle of an address. */
  readonly html?: boolean;
  /** The ticket whose own link for a rating is in the letter by right. */
  readonly rated?: number | null;
}

/** A stretch of the canonical text, and what is written there instead. */
interface Found {
  readonly from: number;
  readonly to: number;
  readonly instead: string;
}

/** What is looked for in one text. */
interface Search extends DeskSecrets, Where {
  /** What begins with these characters: an address to answer to, the link to the rating of a ticket, or nothing of ours. */
  readonly signedAs: (characters: string) => Signed;
}

type Signed = 'reply' | number | null;

type Finder = (read: Canonical, search: Search) => readonly Found[];

/** The text without the secrets of the desk. */
export function conceal(text: string, secrets: DeskSecrets, where: Where = {}): string {
  if (!secrets.address.includes('@')) return text;
  const search = { ...secrets, ...where, signedAs: reader(secrets.keys) };
  let left = text;
  for (const finders of ROUNDS)
    for (const spelling of spellingsOf(text, where.html === true)) {
      let read = canonical(left, spelling);
      for (const find of finders) {
        const found = find(read, search);
        if (found.length === 0) continue;
        left = replaced(left, read, found);
        read = canonical(left, spelling);
      }
    }
  return left;
}

/** Whether a secret of the desk is in the text, by the same comparison. */
export const holdsSecret = (text: string, secrets: DeskSecrets, where: Where = {}): boolean =>
  conceal(text, secrets, where) !== text;

/**
 * The ways in which it is read. A spelling that is undone where it was none would hide what stands behind it, so the text
 * as it stands is read too; last, for what is found by another spelling is found whole there.
 */
function spellingsOf(text: string, html: boolean): readonly Spelling[] {
  const encoded = /%[0-9a-f]{2}|=(?:[0-9A-F]{2}|\r?\n)/i.test(text) ? ({ encoded: true } as const) : {};
  const plain: readonly Spelling[] = [
    ...(/^ {0,2}\p{L}{1,12}>/mu.test(text) ? [{ ...encoded, initials: true } as const] : []),
    ...('encoded' in encoded ? [encoded] : []),
    {},
  ];
  return html || /<[a-z/!]/i.test(text)
    ? [...plain, ...plain.map((each) => ({ ...each, tags: true }) as const)]
    : plain;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `anna@desk.example`, with a plus tag or without, by both spellings of an international domain. */
const operators: Finder = (read, { people, address }) => {
  const written = people.flatMap((person) => {
    const at = person.lastIndexOf('@');
    const domain = person.slice(at + 1);
    const spellings = new Set([domain, domainToUnicode(domain)].filter((each) => each !== ''));
    return [...spellings].map((each) => `${escaped(person.slice(0, at))}(?:\\+[a-z0-9._%+-]{0,80})?@${escaped(each)}`);
  });
  if (written.length === 0 || !read.text.includes('@')) return [];
  return [...read.text.matchAll(new RegExp(written.join('|'), 'gu'))].flatMap((match) => {
    const [from, to] = [match.index, match.index + match[0].length];
    return goesOnBefore(read, from) || goesOnBehind(read, to) ? [] : [{ from, to, instead: address }];
  });
};

/** Whether two characters of the canonical text stood side by side in the original. */
const side = ({ from, to }: Canonical, at: number): boolean => at > 0 && at < from.length && to[at - 1] === from[at];

/** `joanna@desk.example` is not `anna@desk.example`, but `__anna@desk.example__` and `-anna@desk.example` are. */
function goesOnBefore(read: Canonical, at: number): boolean {
  let before = at;
  while (at - before <= MARKS && side(read, before) && /[._%+-]/.test(read.text[before - 1]!)) before--;
  return at - before > MARKS || (side(read, before) && /[a-z0-9]/.test(read.text[before - 1]!));
}

/** Marks of lists and of bold type that may stand before an address. */
const MARKS = 10;

/** `anna@desk.example.txt` is a file of hers. */
const ENDING =
  /^\.(?:txt|eml|msg|mbox|log|csv|png|jpe?g|gif|bmp|webp|heic|zip|rar|7z|pdf|docx?|xlsx?|html?|json|xml)(?![a-z0-9.-])/;

/** Nor is `anna@desk.example.org`. */
function goesOnBehind(read: Canonical, at: number): boolean {
  if (!side(read, at) || ENDING.test(read.text.slice(at, at + 8))) return false;
  const behind = read.text[at]!;
  return /[a-z0-9-]/.test(behind) || (behind === '.' && side(read, at + 1) && /[a-z0-9]/.test(read.text[at + 1]!));
}

/** Only ours look like that, by whichever key they are signed. */
const ownIds: Finder = ({ text }, { address }) => {
  if (!text.includes('kvitok.')) return [];
  const host = escaped(halves(address)[1].slice(1));
  const own = `<?kvitok\\.[a-z]{1,20}\\.\\d{2,15}\\.[a-z0-9]{8,40}\\.[a-z2-7]{16}(?:@kvitok\\.${host})?>?`;
  return [...text.matchAll(new RegExp(own, 'g'))].map(({ 0: id, index }) => ({
    from: index,
    to: index + id.length,
    instead: '',
  }));
};

/** A token that one of our keys made, wherever it stands and whatever stands between its characters. */
const signed: Finder = (read, { keys, address, rated = null, signedAs }) => {
  if (keys === null) return [];
  const { text, at } = lettersOf(read);
  const found: Found[] = [];
  // each begins with the number of a ticket in 40 bits, and no desk has had a thousand million of them
  for (let i = text.indexOf('aa'); i >= 0 && i + RATING_CHARS <= text.length; i = text.indexOf('aa', i + 1)) {
    const last = found.at(-1)?.to ?? 0;
    if (at[i]! < last) continue;
    const what = signedAs(text.slice(i, i + TOKEN_CHARS));
    if (what === 'reply')
      found.push(withAddress(read, at[i]!, at[Math.min(i + TOKEN_CHARS, at.length) - 1]! + 1, address));
    else if (what !== null && what !== rated) found.push(withLink(read, at[i]!, at[i + RATING_CHARS - 1]! + 1, last));
  }
  return found;
};

/** Reads what may be tokens, each once however often a text is read. */
function reader(keys: SigningKeys | null): Search['signedAs'] {
  const known = new Map<string, Signed>();
  let left = MOST_FALSE;
  return (characters) => {
    const before = known.get(characters);
    if (before !== undefined || keys === null) return before ?? null;
    const isReply = isBase32(characters, TOKEN_CHARS);
    const link = characters.slice(0, RATING_CHARS);
    if (!isReply && !isBase32(link, RATING_CHARS)) return null;
    const what =
      left <= 0 || (isReply && readReplyToken(keys, characters) !== null) ? 'reply' : ratedTicket(keys, link);
    if (what === null) left--;
    known.set(characters, what);
    return what;
  };
}

/**
 * Nobody's words look like so many tokens. Behind them everything that looks like one is taken for it, for to check each takes
 * several digests, and a text can be made of nothing else.
 */
const MOST_FALSE = 2_000;

const isBase32 = (text: string, chars: number): boolean => text.length === chars && /^[a-z2-7]+$/.test(text);

/** Letters and digits alone, each with its place in the canonical text. */
function lettersOf({ text }: Canonical): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let kept = '';
  for (const { 0: run, index } of text.matchAll(/[a-z0-9]+/g)) {
    kept += run;
    for (let i = 0; i < run.length; i++) at.push(index + i);
  }
  return { text: kept, at };
}

/** The address round a token, as far as it is there. */
function withAddress({ text }: Canonical, from: number, to: number, address: string): Found {
  const [local, domain] = halves(address);
  const begins = text.slice(0, from).endsWith(`${local}+`) ? from - local.length - 1 : from;
  const ends = text.startsWith(domain, to) ? to + domain.length : to;
  return { from: begins, to: ends, instead: address };
}

/** The link that a token ends; what stands before `last` is another's. */
function withLink(read: Canonical, from: number, to: number, last: number): Found {
  const first = Math.max(last, from - LINK_CHARS);
  let begins = from;
  while (begins > first && side(read, begins) && /[^<>"'()[\]]/.test(read.text[begins - 1]!)) begins--;
  const scheme = read.text.slice(begins, from).search(/https?:\/\//);
  return { from: scheme < 0 ? begins : begins + scheme, to, instead: '' };
}

/** The address of a desk's pages is shorter. */
const LINK_CHARS = 500;

/** What is left of a signed address that was cut off or altered, or that a key signed which is believed no more. */
const remains: Finder = (read, { address }) => {
  const [local, domain] = halves(address);
  const whole = new RegExp(`^[a-z2-7]{8,64}?${escaped(domain)}`);
  return [...read.text.matchAll(new RegExp(`${escaped(local)}\\+`, 'g'))].flatMap(({ 0: begin, index }) => {
    const token = index + begin.length;
    const found = whole.exec(read.text.slice(token, token + 64 + domain.length));
    let to = found ? token + found[0].length : token + 1;
    // without its domain it ends at a blank, or the words behind it would be taken for more of it
    if (!found) while (side(read, to) && /[a-z2-7]/.test(read.text[to]!)) to++;
    return to - token < CUT_OFF ? [] : [{ from: index, to, instead: address }];
  });
};

/** Fewer characters of a token are a plus tag of somebody's own. */
const CUT_OFF = 8;

function halves(address: string): readonly [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at).toLowerCase(), address.slice(at).toLowerCase()];
}

/** What is found whole by any spelling goes before what is left of it. */
const ROUNDS: readonly (readonly Finder[])[] = [[signed, ownIds, operators], [remains]];

/** Tags that stood within what is replaced stay, or the page would lose its shape. */
const TAGS = /<[^<>]*>/g;

function replaced(text: string, { from, to }: Canonical, found: readonly Found[]): string {
  let done = '';
  let at = 0;
  for (const each of found) {
    const start = from[each.from]!;
    if (start < at) continue;
    const tags = [];
    for (let i = each.from + 1; i < each.to; i++) tags.push(...(text.slice(to[i - 1], from[i]).match(TAGS) ?? []));
    done += text.slice(at, start) + each.instead + tags.join('');
    at = to[each.to - 1]!;
  }
  return done + text.slice(at);
}
