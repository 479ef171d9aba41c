// Who wrote a letter that somebody else sent: a group of ours that set itself into From, the form of a site, a sender that
// nobody reads. What comes out is the letter with its writer as author, and how it came; null where From is the writer's own
// and came straight. Nothing here proves the writer.

import { identity, type Mailbox, strictMailbox } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import type { Message } from '../mail/message.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import type { Via } from '../mail/via.ts';
import { ownGroup } from './own-group.ts';
import { peopleInReplyTo, writesForSomebody } from './reply-to.ts';

export interface Written {
  readonly message: Message;
  readonly via: Via;
}

/**
 * A letter that came through our own group. Google and Mailman set the group into From of a domain whose DMARC policy would
 * have the letter refused («Olga via Support»), and name the writer in X-Original-From or Reply-To: for a letter of such
 * a group alone these are read.
 */
export function throughGroup(message: Message, ours: Ours): Written | null {
  const group = ownGroup(message, ours);
  if (group === null) return null;
  const from = message.author && identity(message.author.address);
  const rewritten = from !== null && (isOwnAddress(ours.addresses, from) || ours.groups.has(from));
  if (!rewritten) return { message, via: { kind: 'group', sender: group, named: false } };
  const writer = originalFrom(message, ours) ?? only(peopleInReplyTo(message, ours));
  return {
    message: { ...message, author: writer, from: writer ? [writer] : message.from },
    via: { kind: 'group', sender: group, named: true },
  };
}

function originalFrom({ fields }: Message, { addresses, groups }: Ours): Mailbox | null {
  const [raw, ...more] = fields.all.filter(({ name }) => /^x-original-from$/i.test(name));
  const writer = raw && more.length === 0 ? strictMailbox(raw.raw.trim()) : null;
  const known = writer && identity(writer.address);
  if (!writer || !known || isOwnAddress(addresses, known) || groups.has(known)) return null;
  // the name decoded, as in every other field
  return {
    name: raw!.value
      .replace(/<[^<>]*>\s*$/, '')
      .replace(/^"|"\s*$|\s+$/g, '')
      .trim(),
    address: writer.address,
  };
}

const only = (people: readonly Mailbox[]): Mailbox | null => (people.length === 1 ? people[0]! : null);

/** The address in From, normalised; null where it holds no single valid one. */
export const senderOf = ({ author }: Message): string | null => author && identity(author.address);

/**
 * A letter of a sender that writes for somebody else. `believed`: From is a form that the configuration lists, and this
 * letter was shown to come from it; then only its Reply-To is the writer, and where that names nobody, nobody is.
 */
export function writtenFor(message: Message, ours: Ours, believed: boolean): Written | null {
  const sender = senderOf(message);
  const writer = only(peopleInReplyTo(message, ours));
  const listed = sender !== null && ours.forms.has(sender);
  if (listed && believed) {
    return { message: { ...message, author: writer }, via: { kind: 'form', sender, named: true } };
  }
  if (writer === null || !(listed || writesForSomebody(message, ours))) return null;
  const shown = sender ?? message.from[0]?.address ?? '';
  return { message: { ...message, author: writer }, via: { kind: 'reply-to', sender: shown, named: true } };
}
