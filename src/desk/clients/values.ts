// One value of a client as a person wrote it, in a file or behind an option: read, or what is wrong with it and what to do.

import { identity } from '../../mail/address.ts';
import { cleanLine } from '../../mail/clean.ts';
import type { ClientCategory, ClientFacts } from './client.ts';
import type { ClientField } from './columns.ts';

/** What is known of domains elsewhere. */
export interface DomainRules {
  /** Whether anybody may open a mailbox there. */
  readonly isPublic: (domain: string) => boolean;
  /** Whether one organisation holds the domain: false for `com.ru` or a name without a dot. */
  readonly isHeld: (domain: string) => boolean;
  /** Addresses of the desk itself. */
  readonly ours: ReadonlySet<string>;
}

export type Reading<T> = { readonly value: T } | { readonly problems: readonly string[] };

/** What the values of the fields come to. */
export type ClientValues = Partial<ClientFacts>;

const CATEGORIES: readonly (readonly [ClientCategory, RegExp])[] = [
  ['free', /^(?:free|бесплатн(?:ая|ый|о)(?: поддержка)?|обычн(?:ая|ый)|)$/],
  ['partner', /^(?:partner|партнер(?:ская|ский|ы)?|поддержка для партнеров)$/],
];

const MAX_CHARS = 200;

/** Reads the text of one field; an empty one empties it. */
export function readValue(field: ClientField, written: string, rules: DomainRules): Reading<ClientValues> {
  const text = cleanLine(written).trim();
  switch (field) {
    case 'key':
      return text === '' ? wrong('the key is empty; every client needs one of its own') : bounded('key', text);
    case 'name':
      return bounded('name', text);
    case 'edition':
    case 'version':
      return text === '' ? { value: { [field]: null } } : bounded(field, text);
    case 'category': {
      const said = text.toLowerCase().replace(/ё/g, 'е');
      const category = CATEGORIES.find(([, words]) => words.test(said))?.[0];
      return category
        ? { value: { category } }
        : wrong(`${quoted(text)} is no category; write free (бесплатная) or partner (партнёр)`);
    }
    case 'contractEnd': {
      if (text === '') return { value: { contractEnd: null } };
      const date = readDate(text);
      return date
        ? { value: { contractEnd: date } }
        : wrong(`${quoted(text)} is no date; write it as 31.01.2027 or 2027-01-31`);
    }
    case 'addresses':
      return listed(
        written,
        (one) => readAddress(one, rules),
        (addresses) => ({ addresses }),
      );
    case 'domains':
      return listed(
        written,
        (one) => readDomain(one, rules),
        (domains) => ({ domains }),
      );
    default:
      return field satisfies never;
  }
}

const wrong = (problem: string): Reading<never> => ({ problems: [problem] });
const quoted = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

function bounded(field: 'key' | 'name' | 'edition' | 'version', text: string): Reading<ClientValues> {
  if (text.length > MAX_CHARS) return wrong(`the ${field} is longer than ${MAX_CHARS} characters; shorten it`);
  return { value: { [field]: text } };
}

/** A date that is on the calendar, as `2027-01-31`; null otherwise. */
function readDate(text: string): string | null {
  const russian = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: г\.?)?$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?$/.exec(text);
  const [year, month, day] = russian ? [russian[3], russian[2], russian[1]] : iso ? iso.slice(1) : [];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date;
}

/** Several in one cell stand between spaces, commas, semicolons or line breaks. */
function listed(
  written: string,
  read: (one: string) => Reading<string>,
  into: (values: readonly string[]) => ClientValues,
): Reading<ClientValues> {
  const readings = written
    .split(/[\s,;]+/)
    .filter((one) => one !== '')
    .map(read);
  const problems = readings.flatMap((reading) => ('problems' in reading ? reading.problems : []));
  if (problems.length > 0) return { problems };
  const values = readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
  return { value: into([...new Set(values)].toSorted()) };
}

function readAddress(one: string, { ours }: DomainRules): Reading<string> {
  const address = identity(cleanLine(one).replace(/^<(.*)>$/, '$1'));
  if (address === null && /^@[^@]+$/.test(one))
    return wrong(
      `${quoted(one)} is a whole domain and no address; put ${one.slice(1)} into the column domains (домены)`,
    );
  if (address === null) return wrong(`${quoted(one)} is no e-mail address; correct it or take it out`);
  if (ours.has(address)) return wrong(`${address} is an address of the desk itself; take it out`);
  return { value: address };
}

function readDomain(one: string, { isPublic, isHeld }: DomainRules): Reading<string> {
  const bare = cleanLine(one)
    .replace(/^(?:https?:\/\/)?(?:www\.|@)?/i, '')
    .replace(/\/$/, '');
  const domain = identity(`postmaster@${bare}`)?.slice('postmaster@'.length);
  if (domain === undefined) return wrong(`${quoted(one)} is no domain; write it as example.ru`);
  if (isPublic(domain))
    return wrong(
      `anybody may have an address at ${domain}, so it is no client's domain; list the client's addresses instead`,
    );
  if (!isHeld(domain)) return wrong(`${domain} belongs to no one client; write the client's own domain, as example.ru`);
  return { value: domain };
}
