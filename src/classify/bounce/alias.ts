// The address a letter was written to, where a report names the one it was forwarded to: mailers say so beside it. Lines of
// a notice and its recipients go in, the addresses that the desk knows come out.

import { addressesIn } from './address.ts';

/** «(expanded from <a@b>)» of Postfix, «(expanded from: <a@b>)» of sendmail, «(generated from a@b)» of Exim. */
const WRITTEN_TO = /\((?:expanded|(?:ultimately )?generated) from:? {0,3}<?(?=[^()\s]{1,300}\))/i;
const LINES_BELOW = 4;

/**
 * The recipients as they were written to. Where the letter given back names one of the two, that one is right: sendmail
 * says from which list an address comes that was itself written to.
 */
export function asWrittenTo(
  recipients: readonly string[],
  lines: readonly string[],
  written: readonly string[],
): readonly string[] {
  const known = new Set(written.map((address) => address.toLowerCase()));
  const aliases = new Map<string, string>();
  lines.forEach((line, at) => {
    if (!WRITTEN_TO.test(line)) return;
    const from = addressesIn(line.slice(line.search(WRITTEN_TO)))[0]?.address;
    const near = [
      line.slice(0, line.search(WRITTEN_TO)),
      ...lines.slice(Math.max(at - LINES_BELOW, 0), at).toReversed(),
    ];
    const final = near
      .flatMap((one) => addressesIn(one).slice(0, 1))
      .at(0)
      ?.address.toLowerCase();
    if (from !== undefined && final !== undefined && !known.has(final)) aliases.set(final, from);
  });
  return recipients.map((address) => aliases.get(address.toLowerCase()) ?? address);
}
