// What the end of an attempt to send a letter brings with it on its ticket, by the kind of the letter; in the transaction that
// writes the end down.

import type { OutgoingKind } from '../desk/outgoing.ts';
import { stopAnswered } from './clocks.ts';
import type { Consequence } from './outbox.ts';

/** The desk has reacted when SMTP accepted its answer, not when it was written. */
const answered: Consequence = async (trx, { ticket, entry }, { state }, at) => {
  if (state === 'sent' && ticket !== null && entry !== null) await stopAnswered(trx, ticket, entry, at);
};

const CONSEQUENCES: { readonly [kind in OutgoingKind]?: Consequence } = { answer: answered };

/** The consequence of a kind; null where there is none. */
export const consequenceOf = (kind: OutgoingKind): Consequence | null => CONSEQUENCES[kind] ?? null;
