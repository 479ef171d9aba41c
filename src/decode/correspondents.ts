// The people in a header (RFC 5322 §3.6.2, §3.6.3): read from the undecoded fields, because a decoded name may hold
// anything, commas and addresses too; the names are decoded afterwards.

import { lenientMailboxes, type Mailbox, strictMailbox } from '../mail/address.ts';
import { cleanLine, cleanName } from '../mail/clean.ts';
import type { Limits } from '../mail/limits.ts';
import type { Message } from '../mail/message.ts';
import { encodedWords } from './encoded-words.ts';
import { instances, type RawField, unfolded } from './header-block.ts';
import { type Readings, settled, type Undecoded } from './pieces.ts';

interface UndecodedMailbox {
  readonly name: Undecoded;
  readonly address: string;
}

export interface Correspondents {
  /** Address of the one author, or null. */
  readonly author: string | null;
  readonly from: readonly UndecodedMailbox[];
  readonly to: readonly UndecodedMailbox[];
  readonly cc: readonly UndecodedMailbox[];
  readonly replyTo: readonly UndecodedMailbox[];
}

/** Everybody that the instances of one field name. */
function every(fields: readonly RawField[], key: string, limits: Limits): readonly UndecodedMailbox[] {
  return instances(fields, key)
    .flatMap((field) => lenientMailboxes(unfolded(field.raw), limits.addresses))
    .slice(0, limits.addresses)
    .map(({ name, address }) => ({ name: encodedWords(name), address: cleanLine(address) }));
}

/** Where a letter without From (scripts, spam) still shows somebody: good enough to show, never for identity. */
const STAND_INS = ['reply-to', 'sender', 'return-path'];

/** Who the letter says it is from, for people to read; a stand-in's address gets the name that From has. */
function writers(fields: readonly RawField[], limits: Limits): readonly UndecodedMailbox[] {
  const from = every(fields, 'from', limits);
  const usable = from.filter(({ address }) => address !== '');
  // A gateway that could not read From wrote one of its own above or below it (`[??????]`, `"" <>`).
  if (usable.length > 0) return instances(fields, 'from').length > 1 ? usable : from;
  for (const key of STAND_INS) {
    const found = every(fields, key, limits).filter(({ address }) => address !== '');
    if (found.length > 0) return found.map((one) => ({ ...one, name: from[0]?.name ?? one.name }));
  }
  return from;
}

/**
 * Address of the one author, or null: two From fields, a From that only a tolerant reader sees, or a value that the
 * strict grammar refuses name nobody, for another reader (the MTA that checked the sender) saw somebody else there.
 */
function authorOf(fields: readonly RawField[]): string | null {
  const from = instances(fields, 'from');
  if (from.length !== 1 || from[0]?.strict !== true || /\r(?!\n)/.test(from[0].raw)) return null;
  return strictMailbox(unfolded(from[0].raw))?.address ?? null;
}

/** Takes the top header; `sound` is false where a strict reader saw no such header. */
export function correspondentsOf(fields: readonly RawField[], sound: boolean, limits: Limits): Correspondents {
  return {
    author: sound ? authorOf(fields) : null,
    from: writers(fields, limits),
    to: every(fields, 'to', limits),
    cc: every(fields, 'cc', limits),
    replyTo: every(fields, 'reply-to', limits),
  };
}

/** The names that wait for their charset. */
export function namesOf({ from, to, cc, replyTo }: Correspondents): Undecoded[] {
  return [from, to, cc, replyTo].flatMap((list) => list.map(({ name }) => name));
}

/** The people with their names. */
export function introduced(
  people: Correspondents,
  readings: Readings,
): Pick<Message, 'author' | 'from' | 'to' | 'cc' | 'replyTo'> {
  const shown = (list: readonly UndecodedMailbox[]): Mailbox[] =>
    list.map(({ name, address }) => ({
      name: cleanName(settled(name, readings)),
      address,
    }));
  const from = shown(people.from);
  return {
    author: people.author === null ? null : { name: from[0]?.name ?? '', address: people.author },
    from,
    to: shown(people.to),
    cc: shown(people.cc),
    replyTo: shown(people.replyTo),
  };
}
