// The address a letter was written to, where a report names the one it was forwarded to and says so beside it: the desk
// knows the first alone. Where the letter given back is to somebody else than the one said to be written to, its sender
// knew the final address: «expanded from» names lists and aliases inside the other system, too.

import { addressesIn } from './address.ts';

/** «(expanded from <a@b>)» of Postfix, «(expanded from: <a@b>)» of sendmail, «(generated from a@b)» of Exim. */
const FROM_ALIAS = /\((?:expanded|(?:ultimately )?generated) from:? {0,3}<?(?=[^()\s]{1,300}\))/i;
const LINES_ABOVE = 4;

/** The one of two addresses that a letter was written to; `to` are the recipients of the letter given back, if any. */
export function writtenTo(final: string, original: string | null, to: readonly string[]): string {
  const named = (address: string) => to.some((one) => one.toLowerCase() === address.toLowerCase());
  return original !== null && !named(final) && (to.length === 0 || named(original)) ? original : final;
}

/** The recipients of a notice as the letter was written to them. Takes its lines and the recipients of the letter given back. */
export function asWrittenTo(
  recipients: readonly string[],
  lines: readonly string[],
  to: readonly string[],
): readonly string[] {
  const aliases = new Map<string, string>();
  lines.forEach((line, at) => {
    const cut = line.search(FROM_ALIAS);
    if (cut < 0) return;
    const alias = addressesIn(line.slice(cut))[0]?.address;
    const above = [line.slice(0, cut), ...lines.slice(Math.max(at - LINES_ABOVE, 0), at).toReversed()];
    const final = above.flatMap((one) => addressesIn(one).slice(0, 1))[0]?.address.toLowerCase();
    if (alias !== undefined && final !== undefined) aliases.set(final, alias);
  });
  return recipients.map((address) => writtenTo(address, aliases.get(address.toLowerCase()) ?? null, to));
}
