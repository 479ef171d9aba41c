// Reply-To (RFC 5322 §3.6.2) of a letter whose From nobody reads: the form of a site names there who filled it in.

import { identity, type Mailbox } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import type { Message } from '../mail/message.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import { isDaemonAddress, isNoReplyAddress, isSiteProgram } from './sender.ts';

/** Mailboxes of people in Reply-To, each once: neither the sender's own, nor one that nobody reads, nor the desk's. */
export function peopleInReplyTo({ replyTo, from }: Message, { addresses, groups }: Ours): readonly Mailbox[] {
  const known = new Map<string, Mailbox>();
  const senders = new Set(from.map(({ address }) => identity(address)));
  for (const mailbox of replyTo) {
    const one = identity(mailbox.address);
    if (one === null || senders.has(one) || isNoReplyAddress(one) || isDaemonAddress(one)) continue;
    if (!isOwnAddress(addresses, one) && !groups.has(one) && !known.has(one)) known.set(one, mailbox);
  }
  return [...known.values()];
}

/** Whether From says that nobody reads it, and Reply-To names a person. */
export const writesForSomebody = (message: Message, ours: Ours): boolean =>
  message.from.some(({ address }) => isNoReplyAddress(address) || isSiteProgram(address)) &&
  peopleInReplyTo(message, ours).length > 0;
