// By what the acknowledgements of a writer are counted.

import { isPublicProvider } from '../proof/organisation.ts';

/** The domain of a public mail provider is no organisation: its people are counted one by one. */
export function countedFor(author: string | null, ticket: number | null) {
  const domain = author === null ? null : author.slice(author.lastIndexOf('@') + 1);
  return { author, domain: domain === null || isPublicProvider(domain) ? null : domain, ticket };
}
