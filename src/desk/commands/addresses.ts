// Addresses on the line of a command, as mail clients write them: bare, in angle brackets behind a name, with the mailto: that
// an HTML-to-text converter puts behind its link.

import { identity } from '../../mail/address.ts';

export interface TypedAddress {
  readonly address: string;
  readonly identity: string;
}

const ADDRESS = /[^\s<>()[\]{}:;,"'«»|]+@[^\s<>()[\]{}:;,"'«»|]+/gu;

/** The addresses of a line, each once, in order. */
export function addressesIn(line: string): readonly TypedAddress[] {
  const found = new Map<string, TypedAddress>();
  for (const [typed] of line.matchAll(ADDRESS)) {
    const address = typed.replace(/[.?!]+$/, '');
    const known = identity(address);
    if (known !== null && !found.has(known)) found.set(known, { address, identity: known });
  }
  return [...found.values()];
}

/** Whether words stand on the line that are no name before an address: «#копия ivan@example.org пусть тоже видит». */
export const hasWordsBehind = (line: string): boolean => {
  const last = [...line.matchAll(ADDRESS)].at(-1);
  const behind = last === undefined ? '' : line.slice(last.index + last[0].length);
  return /\p{L}/u.test(behind);
};

/** The line without its addresses and their brackets: what else stands there. */
export const withoutAddresses = (line: string): string =>
  line
    .replace(/[<([]?(?:mailto:)?[^\s<>()[\]]+@[^\s<>()[\]]+[>)\]]?/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
