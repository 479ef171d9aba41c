// The people in a header (RFC 5322 §3.6.2, §3.6.3): read from the undecoded fields, because a decoded name may hold
// anything, commas and addresses too; the names are decoded afterwards.

import { lenientMailboxes, type Mailbox, strictMailbox } from '../mail/address.ts';
import { cleanLine } from '../mail/clean.ts';
import type { Limits } from '../mail/limits.ts';
import { encodedWords } from './encoded-words.ts';
import { type RawField, unfolded } from './header-block.ts';
import { type Readings, settled, type Undecoded } from './pieces.ts';

export interface UndecodedMailbox {
  readonly name: Undecoded;
  readonly address: string;
}

function withName({ name, address }: Mailbox): UndecodedMailbox {
  return { name: encodedWords(name), address: cleanLine(address) };
}

/** Everybody that the instances of one field name. */
export function correspondents(fields: readonly RawField[], name: string, limits: Limits): readonly UndecodedMailbox[] {
  return fields
    .filter((field) => field.key === name)
    .flatMap((field) => lenientMailboxes(unfolded(field.raw), limits.addresses))
    .slice(0, limits.addresses)
    .map(withName);
}

/** Where a letter without From (scripts, spam) still shows somebody: good enough to show, never for identity. */
const STAND_INS = ['from', 'reply-to', 'sender', 'return-path'];

/** Who the letter says it is from, for people to read. */
export function writers(fields: readonly RawField[], limits: Limits): readonly UndecodedMailbox[] {
  for (const name of STAND_INS) {
    const found = correspondents(fields, name, limits);
    if (found.some(({ address }) => address !== '')) return found;
  }
  return correspondents(fields, 'from', limits);
}

/**
 * Address of the one author, or null: two From fields, a From that only a tolerant reader sees, or a value that the strict
 * grammar refuses name nobody, for another reader (the MTA that checked the sender) saw somebody else there.
 */
export function authorOf(fields: readonly RawField[]): string | null {
  const from = fields.filter((field) => field.key === 'from');
  if (from.length !== 1 || from[0]?.strict !== true || /\r(?!\n)/.test(from[0].raw)) return null;
  return strictMailbox(unfolded(from[0].raw))?.address ?? null;
}

export function mailbox({ name, address }: UndecodedMailbox, readings: Readings): Mailbox {
  return { name: cleanLine(settled(name, readings)).replace(/^(['"])(.*)\1$/, '$2'), address };
}
