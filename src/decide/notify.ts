// Who of the desk hears of an entry: one letter to each operator concerned, never to the customer.

import { concerned } from '../desk/operators.ts';
import type { Level } from '../desk/tickets.ts';
import type { Author, Letter, Rules } from './case.ts';
import type { Notification, TicketRef } from './decision.ts';

/** The ticket of the entry, as far as it says whom it concerns. */
export interface Told {
  readonly ticket: TicketRef;
  readonly assignee: string | null;
  readonly level: Level;
  /** Normalised address of the customer. */
  readonly requester: string | null;
}

/** What is told, as far as it says who hears of it. */
export interface Heard {
  readonly letter: Pick<Letter, 'silent'>;
  readonly author: Pick<Author, 'identity'> | null;
  readonly rules: Pick<Rules, 'operators' | 'language'>;
  /** As of the case; left out where somebody's own doing is told, which is no flood. */
  readonly toldEnough?: ReadonlySet<string>;
}

/**
 * A notification for each operator concerned by the letter of this case. None of what was there before kvitok or is taken in
 * silently: years of old mail are no news.
 */
export function notificationsFor(
  { letter, author, rules, toldEnough }: Heard,
  { ticket, requester, ...told }: Told,
  form: Notification['form'] = 'letter',
): readonly Notification[] {
  if (letter.silent !== null) return [];
  const except = [requester, author?.identity ?? null];
  return concerned(rules.operators, { ...told, except }).map(({ identity, address, name }) => ({
    kind: 'notification',
    form: isOfMany(form) && toldEnough?.has(identity) ? 'gathered' : form,
    ticket,
    to: { identity, address, name },
    language: rules.language,
  }));
}

/** A low mark stands on a ticket that waits for nobody: no list of what waits would tell of it. */
const isOfMany = (form: Notification['form']): boolean => form === 'letter' || form === 'answer';
