// Second half of threading: which of the tickets that a letter names it belongs to, and by what proof. Pure.
// Order: signed reply address, our Message-ID, subject tag, Message-ID of somebody's letter; what the writer is entitled
// to goes before what he only names.

import { isOutgoingKind, OUTGOING } from '../desk/outgoing.ts';
import type { Ticket } from '../desk/tickets.ts';
import type { ThreadKey } from './keys.ts';
import type { OwnId } from './own-id.ts';

/** What the store knows of the keys of one letter. */
export interface ThreadHits {
  /** By Message-ID: the ticket it stands in, and whether we wrote that letter. */
  readonly byMessageId: ReadonlyMap<string, { readonly ticket: number; readonly ours: boolean }>;
  /** By the id that was asked for; merged tickets stand as what they were merged into. */
  readonly tickets: ReadonlyMap<number, Ticket>;
}

/** How a letter is bound to a ticket. */
export interface ThreadMatch {
  readonly ticket: Ticket;
  readonly by: 'reply-address' | 'our-message-id' | 'tag' | 'reference';
  /** The key that decided, for people. */
  readonly evidence: string;
  /** Why the writer may write to the ticket; null for a stranger who only names it. */
  readonly entitled: 'signed' | 'participant' | 'company' | null;
}

/** Who writes, as far as entitlement goes. */
export interface Writer {
  /** Normalised address of From; null where it holds no single valid mailbox. */
  readonly identity: string | null;
  /** Domains whose people are the writer's colleagues, in lower case. */
  readonly company: ReadonlySet<string>;
  /** No person, but a delivery report or an automatic answer: it speaks for whomever our letter was written to. */
  readonly machine: boolean;
  /** From is shown to be a lie: who wrote this may write to no ticket, whatever it names. */
  readonly disowned?: boolean;
}

/** `signed`: nobody but whoever got a letter of ours can know it; of `desk`, an operator, who proves himself elsewhere. */
type Claim = Omit<ThreadMatch, 'entitled'> & { readonly signed: 'customer' | 'desk' | null };

/** The ticket a letter belongs to, or the one a stranger names, or null. */
export function chooseThread(keys: readonly ThreadKey[], hits: ThreadHits, writer: Writer): ThreadMatch | null {
  const matches = ORDER.flatMap((find) => keys.flatMap((key) => find(key, hits))).map(({ signed, ...claim }) => ({
    ...claim,
    entitled: writer.disowned
      ? null
      : signed === 'customer' || (signed === 'desk' && writer.machine)
        ? ('signed' as const)
        : entitlement(claim.ticket, writer),
  }));
  return matches.find((match) => match.entitled !== null) ?? matches[0] ?? null;
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

function entitlement(ticket: Ticket, { identity, company }: Writer): 'participant' | 'company' | null {
  if (identity === null) return null;
  if (ticket.participants.includes(identity)) return 'participant';
  return ticket.participants.some((one) => company.has(domainOf(one))) ? 'company' : null;
}

type Finder = (key: ThreadKey, hits: ThreadHits) => readonly Claim[];

const claim = (
  hits: ThreadHits,
  ticket: number | undefined | null,
  by: Claim['by'],
  evidence: string,
  signed: Claim['signed'],
): readonly Claim[] => {
  const found = ticket === undefined || ticket === null ? undefined : hits.tickets.get(ticket);
  return found ? [{ ticket: found, by, evidence, signed }] : [];
};

const byReplyAddress: Finder = (key, hits) =>
  key.kind === 'reply-address'
    ? claim(
        hits,
        key.token.ticket,
        'reply-address',
        key.evidence,
        key.token.reader === 'customer' ? 'customer' : 'desk',
      )
    : [];

const byOurMessageId: Finder = (key, hits) => {
  if (key.kind !== 'message-id') return [];
  const known = hits.byMessageId.get(key.messageId);
  const ticket = key.own?.ticket ?? (known?.ours ? known.ticket : null);
  return claim(hits, ticket, 'our-message-id', `<${key.messageId}>`, key.own && readerOf(key.own));
};

/** Acknowledgements were called `ack` before there were letters of other kinds. */
const readerOf = ({ kind }: OwnId) => (isOutgoingKind(kind) ? OUTGOING[kind].reader : 'customer');

const byTag: Finder = (key, hits) =>
  key.kind === 'tag' ? claim(hits, key.ticket, 'tag', `[#${key.number}]`, null) : [];

const byReference: Finder = (key, hits) => {
  const known = key.kind === 'message-id' ? hits.byMessageId.get(key.messageId) : undefined;
  return key.kind === 'message-id' && known && !known.ours
    ? claim(hits, known.ticket, 'reference', `<${key.messageId}>`, null)
    : [];
};

const ORDER: readonly Finder[] = [byReplyAddress, byOurMessageId, byTag, byReference];
