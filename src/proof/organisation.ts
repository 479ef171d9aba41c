// Which organisation a mail domain belongs to (organisational domain, RFC 7489 §3.2): the registrable domain by the public
// suffix list. Domains go in as they stand in an address or a result; a name that several can share comes out, or null.

import { getDomain } from 'tldts';
import { identity } from '../mail/address.ts';
import { PUBLIC_PROVIDERS } from './public-providers.ts';

/** A domain in the form that all its spellings share (A-labels, lower case, no final dot), or null where it is none. */
export function mailDomain(written: string): string | null {
  // The address grammar decides what a domain is, so that both sides of a comparison were read by the same rule.
  return identity(`postmaster@${written}`)?.slice('postmaster@'.length) ?? null;
}

// The private half of the list counts too. Under msk.ru, com.ru, pp.ru, ras.ru anybody may have a name, and with the ICANN
// half alone every one of them would be proof for all others. The price is small: a seller of such names that writes from
// a subdomain of its own proves nothing; DMARC itself, where the server checked it, still speaks for the exact domain.
const SUFFIXES = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

/**
 * The registrable domain: `example.co.uk` for `mail.example.co.uk`. Null for a public suffix, a bare host name, an address
 * literal and whatever is no domain. A suffix that the list does not know counts as one label, as the list's own rule `*`.
 */
export function organisation(domain: string): string | null {
  const name = mailDomain(domain);
  return name === null ? null : getDomain(name, SUFFIXES);
}

/** Relaxed alignment (RFC 7489 §3.1): both belong to one organisation. Never true where one of them belongs to none. */
export function sameOrganisation(a: string, b: string): boolean {
  const owner = organisation(a);
  return owner !== null && owner === organisation(b);
}

/** Alignment: the same domain (strict), which a mailbox at a suffix has as well, or the same organisation (relaxed). */
export function aligned(a: string, b: string): boolean {
  const name = mailDomain(a);
  return name !== null && (name === mailDomain(b) || sameOrganisation(a, b));
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/**
 * Whether two normalised addresses are of one owner: equal addresses, equal domains, one organisation. Below msk.ru, com.ua and
 * the like, which the list has for suffixes, people have mailboxes at the suffix itself: it is no organisation, and yet its
 * own domain.
 */
export const sameOwner = (a: string, b: string): boolean => a === b || aligned(domainOf(a), domainOf(b));

/** Whether anybody may open a mailbox at this domain, or at the one it is a subdomain of. */
export function isPublicProvider(domain: string): boolean {
  const name = mailDomain(domain);
  return name !== null && (PUBLIC_PROVIDERS.has(name) || PUBLIC_PROVIDERS.has(organisation(name) ?? ''));
}
