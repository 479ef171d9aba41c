// A letter from the desk's own folder of sent letters: an answer that somebody wrote past kvitok, in a mail client of the
// shared account. It has left already: it is written down, and nothing is sent.

import { moved } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import type { Case, SentFolder } from './case.ts';
import type { Change, Decision } from './decision.ts';
import { filed } from './entry.ts';
import { notificationsFor } from './notify.ts';

/** An answer goes to a ticket that it names and to somebody of that ticket: a letter passed on to a colleague names it too. */
export function decideSent(c: Case, machine: boolean, { heardAt, filedAnswerOf }: SentFolder): Decision {
  const { kind, rule } = c.letter.classification;
  const nothing = { changes: [], responses: [], silence: 'a letter that the desk sent' };
  if (kind === 'own-mail') return { ...nothing, disposition: 'own', because: 'a letter of kvitok, filed as sent' };
  if (filedAnswerOf !== null)
    return {
      ...nothing,
      disposition: 'own',
      because: 'an answer of kvitok, filed as sent under another Message-ID',
      // the customer's mail program refers to the id that arrived
      changes: knownBy(c, filedAnswerOf),
    };
  if (machine) return { ...nothing, disposition: 'elsewhere', because: `sent by a machine (${rule})` };
  if (c.match === null) return { ...nothing, disposition: 'elsewhere', because: 'sent past kvitok, names no ticket' };
  const { match } = c;
  if (!goesToCustomer(c, match)) {
    const because = `names [#${match.ticket.number}] by ${match.by}, but goes to nobody who writes there`;
    return { ...nothing, disposition: 'elsewhere', because };
  }
  return {
    ...nothing,
    disposition: 'appended',
    because: `an answer sent past kvitok, belongs to [#${match.ticket.number}] by ${match.by}`,
    changes: [...filed(c, match.ticket.id, 'answer'), ...answered(c, match, heardAt)],
    responses: notificationsFor(c, { ...match.ticket, ticket: match.ticket.id }, 'answer'),
  };
}

const knownBy = ({ letter: { message } }: Case, ticket: number): readonly Change[] =>
  message.messageId === null ? [] : [{ kind: 'remember-message-id', ticket, messageId: message.messageId }];

function goesToCustomer({ letter: { message } }: Case, { ticket }: ThreadMatch): boolean {
  const people = new Set([ticket.requester, ...ticket.participants]);
  return [...message.to, ...message.cc].some(({ address }) => people.has(identity(address) ?? ''));
}

/** The clocks of what it answers stand still from when it left; a ticket on which the customer wrote since waits on. */
function answered({ letter }: Case, { ticket }: ThreadMatch, heardAt: number | null): readonly Change[] {
  if (letter.silent !== null) return [];
  const stop: Change = { kind: 'stop-clocks', ticket: ticket.id, at: letter.receivedAt };
  const to = moved(ticket.state, 'desk-answered');
  if (to === ticket.state || (heardAt !== null && heardAt > letter.receivedAt)) return [stop];
  const because = 'the desk answered past kvitok';
  return [stop, { kind: 'move-ticket', ticket: ticket.id, from: ticket.state, to, by: 'kvitok', because }];
}
