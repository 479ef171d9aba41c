// A letter as an entry of a ticket.

import { identity, type Mailbox } from '../mail/address.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import type { Case } from './case.ts';
import type { Change, EntryFacts, TicketRef } from './decision.ts';

/** Addresses of Cc become participants only where something proves the sender, and that Cc is his: a stranger's makes nobody one. */
function copied(c: Case, ticket: TicketRef): readonly Change[] {
  const { result, unseen } = c.letter.proof;
  if (result !== 'pass' || unseen) return [];
  return c.letter.message.cc.slice(0, MAX_COPIED).flatMap(({ name, address }): Change[] => {
    const known = identity(address);
    if (known === null || isOwnAddress(c.rules.ownAddresses, known)) return [];
    // an operator hears of a ticket as one, and customers never see that address
    if (c.rules.operators.some((operator) => operator.identity === known)) return [];
    return [{ kind: 'add-participant', ticket, address: known, name, because: 'copied by a proven sender' }];
  });
}

const MAX_COPIED = 20;

/** Who else the letter went to, each once, whoever proves it: operators see them, which makes nobody a participant. */
function besidesUs({ letter: { message }, author, rules }: Case): readonly Mailbox[] {
  const seen = new Map<string, Mailbox>();
  for (const { name, address } of [...message.to, ...message.cc]) {
    const known = identity(address);
    if (known === null || known === author?.identity || isOwnAddress(rules.ownAddresses, known)) continue;
    if (!seen.has(known) && seen.size < MAX_COPIED) seen.set(known, { name, address });
  }
  return [...seen.values()];
}

/** A person's letter: filed, the people copied on it made participants, a suspension of the address lifted. */
export function filedFromPerson(
  c: Case,
  ticket: TicketRef,
  kind: 'customer' | 'thanks' | 'phone' | 'rating',
): readonly Change[] {
  const lift: readonly Change[] =
    c.suspended && c.author && c.letter.proof.result !== 'fail'
      ? [{ kind: 'lift-suspension', address: c.author.identity }]
      : [];
  return [...filed(c, ticket, kind), ...copied(c, ticket), ...lift];
}

/** Appends the letter to a ticket and remembers its Message-ID, by which later letters may refer to it. */
export function filed(c: Case, ticket: TicketRef, kind: EntryFacts['kind']): readonly Change[] {
  const { message, receivedAt, attachments, proof } = c.letter;
  const shown = c.author ?? message.from[0];
  const entry: EntryFacts = {
    kind,
    author: shown?.address ?? '',
    authorName: shown?.name ?? '',
    at: receivedAt,
    subject: message.subject,
    reply: message.reply,
    quoted: message.quoted,
    proof: proof.result === 'none' ? 'none' : `${proof.result}: ${proof.evidence}`,
    attachments,
    copied: besidesUs(c),
  };
  const append: Change = { kind: 'append-entry', ticket, entry };
  return message.messageId ? [append, { kind: 'remember-message-id', ticket, messageId: message.messageId }] : [append];
}
