// The site that a request is about (regulation §5.3): the host of an address in the writer's own words. In doubt there is none:
// a wrong address costs more than a question.

import { domainToASCII, domainToUnicode } from 'node:url';
import { getDomain, getPublicSuffix } from 'tldts';
import { NO_DOMAINS, PLACES } from './places.ts';

export interface SiteRules {
  /** Whether a domain is our own, or a mail provider's, or of somebody the configuration names: no customer's site. */
  readonly isOther: (domain: string) => boolean;
  /** Domain of the writer's address; null where there is none. */
  readonly writer: string | null;
}

interface Candidate {
  readonly host: string;
  readonly domain: string;
  /** Whether the writer calls it his site. */
  readonly named: boolean;
}

const HOST = '(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+(?:xn--[a-z0-9-]{2,59}|\\p{L}{2,24})';
/** With scheme, with www, or bare; never a part of an e-mail address, a path or a longer name. */
const ADDRESS = new RegExp(
  `(?<![\\p{L}\\p{N}@/\\\\._-])(?:(?<scheme>https?://)|(?<www>www\\.))?(?<host>${HOST})(?![\\p{L}\\p{N}@-]|\\.[\\p{L}\\p{N}])`,
  'giu',
);

/** Suffixes under which shops have their sites; under others a bare name is too often the end of a sentence or a file. */
const BARE =
  /^(?:ru|рф|xn--p1ai|su|com|net|org|by|бел|kz|қаз|uz|am|kg|ge|ua|москва|moscow|рус|дети|сайт|онлайн|shop|store|online|site|website|market|tech|pro|biz|info|club)$/iu;

const OWN_BEFORE =
  /(?:сайт\p{L}{0,3}|магазин\p{L}{0,3}|домен\p{L}{0,3}|адрес\p{L}{0,3}|url|проект\p{L}{0,3}|site|website|store|shop|domain)(?:\s{1,2}(?:нашего|наш|нашем|магазина|сайта|интернет-магазина|is|our))?[\s:=–—«"(-]{0,4}$/iu;
const OTHER_BEFORE =
  /(?:конкурент\p{L}{0,3}|как (?:на|у|в)|пример\p{L}{0,3}|например|вот (?:на|у)|похож\p{L}{0,5}(?: на)?|чуж\p{L}{1,3}|друг\p{L}{2,4} сайт\p{L}{0,3}|не наш|для примера|образ(?:ец|цу)|как тут|хостинг\p{L}{0,3}|like|example|competitor\S{0,2}|e\.g\.)(?:\s{1,2}\p{L}{1,15}){0,2}[\s:=–—«"(,-]{0,4}(?:https?:\/\/)?(?:www\.)?$/iu;
const BEFORE_CHARS = 50;

export interface NamedSite {
  /** The host, as people read it (`магазин.рф`, without www); null where none is named for certain. */
  readonly host: string | null;
  /** Whether some site is named that may be the writer's. */
  readonly named: boolean;
}

/** The site of the writer. Takes the lines that `ownLines` gives. */
export function siteIn(lines: readonly string[], rules: SiteRules): NamedSite {
  const found = lines.flatMap((line) => candidatesIn(line, rules));
  const hosts = (candidates: readonly Candidate[]) => [...new Set(candidates.map(({ host }) => host))];
  const named = found.filter((one) => one.named);
  const [only, ...others] = hosts(named.length > 0 ? named : found);
  if (only !== undefined && others.length === 0) return { host: only, named: true };
  // of several the one that the writer has his mailbox at
  return { host: found.find(({ domain }) => domain === rules.writer)?.host ?? null, named: found.length > 0 };
}

function candidatesIn(line: string, { isOther }: SiteRules): readonly Candidate[] {
  return wordsWithDot(line).flatMap((word) =>
    [...word[0].matchAll(ADDRESS)].flatMap((match): Candidate[] => {
      const { scheme, www, host: written = '' } = match.groups ?? {};
      const host = domainToASCII(written.toLowerCase());
      const domain = host === '' ? null : getDomain(host);
      const suffix = getPublicSuffix(host);
      if (domain === null || suffix === null) return [];
      const bare = scheme === undefined && www === undefined;
      if (bare && !(BARE.test(domainToUnicode(suffix.split('.').at(-1)!)) && isName(written))) return [];
      if (PLACES.has(domain) || PLACES.has(host) || NO_DOMAINS.has(domain) || isOther(domain)) return [];
      const at = word.index + match.index;
      const before = line.slice(Math.max(0, at - BEFORE_CHARS), at);
      if (OTHER_BEFORE.test(before)) return [];
      return [{ host: domainToUnicode(host).replace(/^www\./, ''), domain, named: OWN_BEFORE.test(before) }];
    }),
  );
}

/** What could hold an address; most words can't, and need not be looked at by the letter. */
const wordsWithDot = (line: string) =>
  DOT_INSIDE.test(line) ? [...line.matchAll(/\S+/g)].filter(([word]) => DOT_INSIDE.test(word)) : [];
const DOT_INSIDE = /\S\.\S/;

/**
 * Whether a bare name is written as one: not the end of a sentence with the space left out («корзина.Рус»), not «г.Москва», not
 * Cyrillic words before a Latin suffix.
 */
function isName(written: string): boolean {
  const labels = written.split('.');
  const [suffix = '', name = ''] = labels.toReversed();
  const capitalised = /^\p{Lu}\p{Ll}/u;
  if (capitalised.test(suffix) || name.length < 2) return false;
  const cyrillic = (text: string) => /\p{Script=Cyrillic}/u.test(text);
  return cyrillic(suffix) || !cyrillic(written);
}
