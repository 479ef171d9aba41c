// Mail that a mailbox of the desk's own sends on to it by a rule. Exchange marks what its rules redirect as
// `Auto-Submitted: auto-generated`, though a person wrote it; what shows the redirect is what the redirecting server wrote
// (RFC 5322 §3.6.6 Resent fields, Exchange's loop fields), and only where that names the desk or a mailbox beside it.

import { identity } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import type { Message } from '../mail/message.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import { finding, type Rule } from './finding.ts';

/** Each names the mailbox that sent the letter on, or whom it was sent on to. */
const TRACES = [
  'Resent-From',
  'Resent-Sender',
  'Resent-To',
  'Resent-Cc',
  'X-MS-Exchange-Inbox-Rules-Loop',
  'X-MS-Exchange-ForwardingLoop',
  'X-Forwarded-To',
  'X-Forwarded-For',
];
const ADDRESS = /[^\s<>,;:"'()]{1,64}@[^\s<>,;:"'()]{1,255}/g;

const domainOf = (known: string) => known.slice(known.lastIndexOf('@') + 1);

/** An address of the desk, of a group of its own, or of a colleague's mailbox beside it, whose rule sends letters on. */
function isOfHouse({ addresses, groups }: Ours, known: string): boolean {
  const domain = domainOf(known);
  return isOwnAddress(addresses, known) || groups.has(known) || [...addresses].some((own) => domainOf(own) === domain);
}

/** A vacation notice of Exchange bears the loop field as well, and there it names the notice's own author. */
const isAuthor = ({ from }: Message, known: string) => from.some(({ address }) => identity(address) === known);

/** The field by which a server says that a letter was sent on to us, as evidence; null where none does. */
export function redirectTrace(message: Message, ours: Ours): string | null {
  for (const name of TRACES) {
    for (const value of message.fields.every(name)) {
      const named = (value.slice(0, 1000).match(ADDRESS) ?? []).flatMap((address) => identity(address) ?? []);
      const ofHouse = named.some((known) => isOfHouse(ours, known));
      if (ofHouse && !named.some((known) => isAuthor(message, known))) return `${name}: ${value}`;
    }
  }
  return null;
}

export const redirected: Rule = ({ message }, ours) => {
  if (message.fields.first('auto-submitted') === null) return null;
  const trace = redirectTrace(message, ours);
  return trace === null ? null : finding('human', 'redirected', trace);
};
