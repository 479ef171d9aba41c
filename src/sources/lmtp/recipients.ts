// For whom letters are taken (RFC 5321 §3.3): the desk's address, its aliases, what the listener names beside, and the
// desk's own subaddresses (RFC 5233) where answers carry their proof in them.

import type { Config, ListenerConfig } from '../../config/schema.ts';
import { identity } from '../../mail/address.ts';

/** Takes an address of RCPT TO; gives it in the desk's own spelling, or null where it is none of ours. */
export type Recipients = (address: string) => string | null;

/** The recipients of one listener. */
export function recipientsOf(
  { desk, threading }: Pick<Config, 'desk' | 'threading'>,
  listener: ListenerConfig,
): Recipients {
  const ours = [desk.address, ...desk.aliases, ...listener.recipients];
  const known = new Map(ours.flatMap((address) => keyed(address)));
  return (address) => {
    const asked = identity(address);
    if (asked === null) return null;
    const found = known.get(asked);
    if (found !== undefined) return found;
    return threading.subaddresses ? subaddress(asked, desk.address) : null;
  };
}

function keyed(address: string): [string, string][] {
  const key = identity(address);
  return key === null ? [] : [[key, address]];
}

/** Any detail: a token whose key is lost still comes from somebody who wrote to the desk. Tokens survive lower case. */
function subaddress(asked: string, support: string): string | null {
  const own = identity(support);
  if (own === null) return null;
  const at = own.lastIndexOf('@');
  if (!asked.startsWith(`${own.slice(0, at)}+`) || !asked.endsWith(own.slice(at))) return null;
  const detail = asked.slice(at, asked.length - (own.length - at));
  const place = support.lastIndexOf('@');
  return `${support.slice(0, place)}${detail}${support.slice(place)}`;
}
