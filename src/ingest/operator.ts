// What is looked up of a letter whose From is an operator's address, before anybody decides on it.

import type { Kysely } from 'kysely';
import type { Author } from '../decide/case.ts';
import { answersNotice } from '../decide/operator/notices.ts';
import { type DeskStanding, deskTokens, knownToNobody } from '../decide/operator/standing.ts';
import { writtenIn } from '../decide/operator/written.ts';
import { needsOf, wantsToBeCommand } from '../desk/commands/parse.ts';
import type { Operator } from '../desk/operators.ts';
import type { Ticket } from '../desk/tickets.ts';
import type { Message } from '../mail/message.ts';
import type { ClaimedLetter } from '../store/letters.ts';
import { ticketFollowed } from '../store/lookup.ts';
import { lookUpCommands } from '../store/lookup-commands.ts';
import { conversationOf, lookUpSent, stillWaiting, waitingList, writtenLately } from '../store/lookup-desk.ts';
import type { Tables } from '../store/schema.ts';
import type { ThreadHits, ThreadMatch } from '../thread/choose.ts';
import { sequenceOf } from '../thread/damm.ts';
import type { Marks, ThreadKey } from '../thread/keys.ts';

/** What the path of the letter knows already. */
export interface Path {
  readonly operator: Operator;
  readonly message: Message;
  readonly keys: readonly ThreadKey[];
  readonly hits: ThreadHits;
  readonly match: ThreadMatch | null;
  readonly confirmed: ClaimedLetter['confirmed'];
  /** How the desk marks its own letters. */
  readonly marks: Marks;
  readonly now: number;
}

/**
 * The standing of an operator's letter. Null where it is a customer's after all: an operator who once asked for help himself
 * writes to his own ticket.
 */
export async function standingOf(trx: Kysely<Tables>, path: Path): Promise<DeskStanding | null> {
  const { operator, message, keys, hits, match, marks, now } = path;
  const found = deskTokens(keys, await lookUpSent(trx, keys, operator.identity), operator.identity);
  // a ticket that was merged is the one it was merged into
  const tokens = found.map((token) => ({ ...token, ticket: ticketIn(hits, token.ticket)?.id ?? null }));
  const [first] = tokens;
  if (!first && match?.entitled != null && match.ticket.requester === operator.identity) return null;
  const confirmed = path.confirmed?.by === operator.identity ? { entry: path.confirmed.entry } : null;
  const about = first ? ticketIn(hits, first.ticket) : (match?.ticket ?? (await bySubject(trx, message)));
  const conversation = about && (await conversationOf(trx, about));
  const { commands } = writtenIn(message, conversation, marks.address);
  const asksAbout = first ? await stillWaiting(trx, first.asks) : [];
  return {
    operator,
    tokens,
    confirmed,
    asksAbout,
    named: namedBy(keys, hits),
    conversation,
    ...(await writtenLately(trx, operator.identity, now)),
    list: await waitingList(trx, operator.identity, now),
    known: await lookUpCommands(trx, about?.id ?? null, operator.identity, needsOf(commands), asksAbout),
    signing: marks.keys,
  };
}

/**
 * The ticket whose bare number is the whole subject of a letter that begins with a command: an operator names tickets so, and
 * what he asks for there he is asked about or told himself.
 */
async function bySubject(trx: Kysely<Tables>, { subject, text }: Message): Promise<Ticket | null> {
  const [, digits] = /^\s*(?:re:\s*)?[#№]?\s*(\d{2,15})\s*$/iu.exec(subject) ?? [];
  if (digits === undefined || !wantsToBeCommand(text.trimStart().split('\n', 1)[0]!)) return null;
  const id = sequenceOf(digits);
  return id === null ? null : ticketFollowed(trx, id);
}

/**
 * The standing of somebody who is no operator and answers what kvitok wrote to him for the desk; null for everybody else, and
 * where he is a customer on a ticket as well.
 */
export async function noticedOf(
  trx: Kysely<Tables>,
  { author, keys, match, now }: Pick<Path, 'keys' | 'match' | 'now'> & { readonly author: Author | null },
): Promise<DeskStanding | null> {
  if (author?.identity == null || match?.entitled != null) return null;
  const { identity, address, name } = author;
  const tokens = deskTokens(keys, await lookUpSent(trx, keys, identity), identity);
  const [first] = tokens;
  const asksAbout = first ? await stillWaiting(trx, first.asks) : [];
  // a notification names a ticket, and who is no operator any more is a stranger to it
  if (!answersNotice({ tokens }) && asksAbout.length === 0) return null;
  return {
    ...knownToNobody({ identity, address, name, role: 'developer', notify: false }),
    tokens,
    asksAbout,
    ...(await writtenLately(trx, identity, now)),
    list: await waitingList(trx, identity, now),
  };
}

const ticketIn = (hits: ThreadHits, id: number | null): Ticket | null =>
  id === null ? null : (hits.tickets.get(id) ?? null);

/** Tickets that a signed key or the subject names, each once. */
function namedBy(keys: readonly ThreadKey[], hits: ThreadHits): readonly Ticket[] {
  const tickets = keys.flatMap((key) => {
    const id =
      key.kind === 'tag' ? key.ticket : key.kind === 'reply-address' ? key.token.ticket : (key.own?.ticket ?? null);
    return ticketIn(hits, id) ?? [];
  });
  return [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()];
}
