// Who a bounce in unknown words means: X-Failed-Recipients (Exim, Google), else the addresses that its words and the letter
// given back share, else those that are neither sender nor addressee of the bounce.

import type { Message } from '../../mail/message.ts';
import { addressesIn, isRoutable } from './address.ts';
import type { Notice } from './notice.ts';

const lower = (addresses: readonly string[]) => new Set(addresses.map((address) => address.toLowerCase()));

/** The most likely failed recipients; none where nothing points to anybody. */
export function guessedRecipients(message: Message, notice: Notice): readonly string[] {
  const stated = message.fields.every('x-failed-recipients').flatMap((value) => addressesIn(value.slice(0, 10_000)));
  if (stated.length > 0) return stated.map(({ address }) => address);
  const all = notice.lines.flatMap((line) => addressesIn(line)).map(({ address }) => address);
  const named = all.filter(isRoutable);
  const written = lower(notice.returned?.to ?? []);
  const shared = named.filter((address) => written.has(address.toLowerCase()));
  if (shared.length > 0) return shared;
  const correspondents = [...message.to, ...message.from].map(({ address }) => address);
  const known = lower([...correspondents, ...(notice.returned?.from ?? [])]);
  const others = named.filter((address) => !known.has(address.toLowerCase()));
  return others.length > 0 || written.size !== 1 ? others : [...written];
}
