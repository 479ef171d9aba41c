// A low mark by the link of a letter: an entry of the ticket, of which the leads are told as of one that came by letter.

import type { Kysely } from 'kysely';
import { newsOfLowMark } from '../decide/rating.ts';
import type { Operator } from '../desk/operators.ts';
import { LOW_MARK, type Stars } from '../desk/rating.ts';
import type { Language } from '../desk/tickets.ts';
import { appendEntry } from '../store/apply/append-entry.ts';
import type { Marking } from '../store/apply/place.ts';
import { respond } from '../store/apply/respond.ts';
import { ticketFollowed } from '../store/lookup.ts';
import type { Tables } from '../store/schema.ts';

export interface LowMarkDeps extends Marking {
  readonly operators: readonly Operator[];
  /** Of letters to operators. */
  readonly language: Language;
  readonly now: number;
}

/** Tells of a mark in the transaction that records it. */
export async function tellLowMark(
  trx: Kysely<Tables>,
  id: number,
  stars: Stars,
  { operators, language, now, ...marking }: LowMarkDeps,
): Promise<void> {
  const ticket = stars > LOW_MARK ? null : await ticketFollowed(trx, id);
  if (ticket === null) return;
  const { requester, subject } = ticket;
  const said = { author: requester, authorName: '', at: now, subject, reply: String(stars), quoted: '', proof: 'none' };
  const entry = await appendEntry(trx, ticket.id, { kind: 'rating', ...said, attachments: [] }, null, now);
  const heard = { letter: { silent: null }, author: null, rules: { operators, language } };
  for (const news of newsOfLowMark(heard, ticket))
    await respond(trx, news, { ticket: ticket.id, entry, letter: null, now }, marking);
}
