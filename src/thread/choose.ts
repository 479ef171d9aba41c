// Second half of threading: which of the tickets that a letter names it belongs to, and by what proof. Pure.
// Order of proof: our own Message-ID, the subject tag, a Message-ID of somebody's letter.

import type { Ticket } from '../desk/tickets.ts';
import type { ThreadKey } from './keys.ts';

/** What the store knows of the keys of one letter. */
export interface ThreadHits {
  /** By Message-ID: the ticket it stands in, and whether we wrote that letter. */
  readonly byMessageId: ReadonlyMap<string, { readonly ticket: number; readonly ours: boolean }>;
  readonly tickets: ReadonlyMap<number, Ticket>;
}

/** How a letter is bound to a ticket. */
export interface ThreadMatch {
  readonly ticket: Ticket;
  readonly by: 'our-message-id' | 'tag' | 'reference';
  /** The key that decided, for people. */
  readonly evidence: string;
  /**
   * True when the writer may write to the ticket: a participant, or holds one of our Message-IDs, which nobody
   * can guess. False for a stranger who only names it.
   */
  readonly entitled: boolean;
}

type Claim = Omit<ThreadMatch, 'entitled'>;

/**
 * The ticket a letter belongs to, or the one a stranger names, or null.
 * `author` is the normalised address of From. A claim the writer is entitled to wins over stronger-looking ones he is not.
 */
export function chooseThread(keys: readonly ThreadKey[], hits: ThreadHits, author: string | null): ThreadMatch | null {
  const claims = ORDER.flatMap((find) => find(keys, hits));
  const matches = claims.map((claim) => ({ ...claim, entitled: isEntitled(claim, author) }));
  return matches.find((match) => match.entitled) ?? matches[0] ?? null;
}

const isEntitled = (claim: Claim, author: string | null) =>
  claim.by === 'our-message-id' || (author !== null && claim.ticket.participants.includes(author));

type Finder = (keys: readonly ThreadKey[], hits: ThreadHits) => readonly Claim[];

const byMessageId =
  (ours: boolean): Finder =>
  (keys, hits) =>
    keys.flatMap((key) => {
      const hit = key.kind === 'message-id' ? hits.byMessageId.get(key.messageId) : undefined;
      const ticket = hit && hit.ours === ours ? hits.tickets.get(hit.ticket) : undefined;
      if (key.kind !== 'message-id' || !ticket) return [];
      return [
        { ticket, by: ours ? ('our-message-id' as const) : ('reference' as const), evidence: `<${key.messageId}>` },
      ];
    });

const byTag: Finder = (keys, hits) =>
  keys.flatMap((key) => {
    const ticket = key.kind === 'tag' ? hits.tickets.get(key.ticket) : undefined;
    return key.kind === 'tag' && ticket ? [{ ticket, by: 'tag' as const, evidence: `[#${key.number}]` }] : [];
  });

const ORDER: readonly Finder[] = [byMessageId(true), byTag, byMessageId(false)];
