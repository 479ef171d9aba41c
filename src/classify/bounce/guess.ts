// Who a bounce means whose words name nobody: X-Failed-Recipients (Exim, Google), else the addresses that its words and the
// letter given back share, else the one that letter was written to. Addresses that merely stand in the notice are those
// of relays, helpers and advice. Where no letter came back, a notice may name in a line of its header («To: …») whom it was to.

import type { Message } from '../../mail/message.ts';
import { addressesIn } from './address.ts';
import type { Notice } from './notice.ts';
import { addresseesOf } from './signs.ts';

/** The line of a header, pasted into a notice, that names whom the letter was written to. */
const TO_LINE = /^[\s>*]{0,8}(?:to|an|à|para|кому|do|kime)\s{0,5}:/iu;

const lower = (addresses: readonly string[]) => new Set(addresses.map((address) => address.toLowerCase()));

/** The most likely failed recipients; none where nothing points to anybody. */
export function guessedRecipients(message: Message, notice: Notice): readonly string[] {
  const stated = message.fields.every('x-failed-recipients').flatMap((value) => addressesIn(value.slice(0, 10_000)));
  if (stated.length > 0) return stated.map(({ address }) => address);
  // Whoever the bounce came to is no failed recipient: a letter to him is one that a gateway wrapped.
  const ours = addresseesOf(message);
  if (notice.returned === null) {
    const headed = notice.lines.filter((line) => TO_LINE.test(line)).flatMap((line) => addressesIn(line));
    return headed.map(({ address }) => address).filter((address) => !ours.has(address.toLowerCase()));
  }
  const named = notice.lines.flatMap((line) => addressesIn(line)).map(({ address }) => address);
  const written = lower(notice.returned.to.filter((address) => !ours.has(address.toLowerCase())));
  const shared = named.filter((address) => written.has(address.toLowerCase()));
  return shared.length > 0 || written.size !== 1 ? shared : [...written];
}
