// Addresses in the text of a bounce: a line goes in, the addresses written in it come out. A scanner, because these lines
// follow no grammar; it is linear, because a stranger writes them. RFC 6531 addresses pass.

const LOCAL = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;
const MAX_LOCAL = 128;
const MAX_DOMAIN = 255;

function localStart(line: string, at: number): number {
  if (line[at - 1] === '"') {
    const open = line.lastIndexOf('"', at - 2);
    return open >= 0 && at - open <= MAX_LOCAL ? open : at;
  }
  let start = at;
  while (start > 0 && at - start < MAX_LOCAL && LOCAL.test(line[start - 1] ?? '')) start--;
  return start;
}

function domainEnd(line: string, at: number): number {
  let end = at + 1;
  while (end < line.length && end - at < MAX_DOMAIN && DOMAIN.test(line[end] ?? '')) end++;
  while (end > at + 1 && /[.-]/.test(line[end - 1] ?? '')) end--;
  return end;
}

/** One address and where it stands. */
export interface Found {
  readonly address: string;
  readonly start: number;
  readonly end: number;
}

/** The addresses in a line, in order. */
export function addressesIn(line: string): readonly Found[] {
  const found: Found[] = [];
  let from = 0;
  for (let at = line.indexOf('@'); at >= 0; at = line.indexOf('@', at + 1)) {
    const start = Math.max(localStart(line, at), from);
    const end = domainEnd(line, at);
    if (start === at || end === at + 1) continue;
    // Signs that are legal in a local part but, at its edge, belong to the sentence: 'user@…', =user@…
    let first = start;
    while (line[start - 1] !== '<' && first < at - 1 && /['`=/|]/.test(line[first] ?? '')) first++;
    found.push({ address: line.slice(first, end), start: first, end });
    from = end;
  }
  return found;
}

/** The address of a recipient field of RFC 3464 §2.3 (`rfc822; a@b`), with the broken forms mailers give it, or null. */
export function recipientOf(value: string): string | null {
  const typed = value.slice(0, 1000);
  const inside = /<([^<>]*@[^<>]*)>/.exec(typed)?.[1] ?? typed.slice(typed.indexOf(';') + 1);
  // A source route (RFC 5321 appendix C) is no part of the mailbox.
  const bare = inside.replace(/^\s*@[^:]*:/, '').trim();
  if (/^[^\s@"<>()|]+@[^\s@<>();,]+$/.test(bare)) return bare;
  const found = addressesIn(bare)[0];
  return found && found.start === 0 ? found.address : null;
}

/** Whether an address can be one that a letter was sent to from outside: `user@server` is a name inside a mail system. */
export const isRoutable = (address: string): boolean => /@(?:[^@]*\.[^@.]{2,}|\[[^@]*\])$/u.test(address);

/** Each address once, whatever the case of its letters; the first spelling stays. */
export function distinct(addresses: readonly string[]): readonly string[] {
  return [...new Map(addresses.toReversed().map((address) => [address.toLowerCase(), address])).values()].toReversed();
}
