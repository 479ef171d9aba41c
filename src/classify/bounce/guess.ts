// Who a bounce means whose words name nobody: X-Failed-Recipients (Exim, Google), else the addresses that its words and the
// letter given back share, else the one that letter was written to. Addresses that merely stand in the notice are those
// of relays, helpers and advice.

import type { Message } from '../../mail/message.ts';
import { addressesIn } from './address.ts';
import type { Notice } from './notice.ts';
import { addresseesOf } from './signs.ts';

const lower = (addresses: readonly string[]) => new Set(addresses.map((address) => address.toLowerCase()));

/** The most likely failed recipients; none where nothing points to anybody. */
export function guessedRecipients(message: Message, notice: Notice): readonly string[] {
  const stated = message.fields.every('x-failed-recipients').flatMap((value) => addressesIn(value.slice(0, 10_000)));
  if (stated.length > 0) return stated.map(({ address }) => address);
  const named = notice.lines.flatMap((line) => addressesIn(line)).map(({ address }) => address);
  // Whoever the bounce came to is no failed recipient: a letter to him is one that a gateway wrapped.
  const ours = addresseesOf(message);
  const written = lower((notice.returned?.to ?? []).filter((address) => !ours.has(address.toLowerCase())));
  const shared = named.filter((address) => written.has(address.toLowerCase()));
  return shared.length > 0 || written.size !== 1 ? shared : [...written];
}
