// Who counts as a colleague: people of one company may write to one another's tickets.

import type { ClientFacts } from './client.ts';

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Domains whose people are the writer's colleagues. Takes the writer's normalised address, the companies of the
 * configuration, and the writer's client; a client that is known by single addresses alone makes nobody a colleague.
 */
export function companyOf(
  address: string | null,
  companies: ReadonlySet<string>,
  client: Pick<ClientFacts, 'domains'> | null,
): ReadonlySet<string> {
  if (address === null) return NOBODY;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const theirs = client?.domains.some((one) => domain === one || domain.endsWith(`.${one}`)) ? client.domains : [];
  if (theirs.length > 0) return new Set([...theirs, domain]);
  return companies.has(domain) ? new Set([domain]) : NOBODY;
}
