// The letter that tells an admin of a trouble or of its end, as the outbox holds it.

import type { Language } from '../desk/tickets.ts';
import type { Outgoing } from '../store/outbox-queue.ts';
import { keyOf, type Telling } from './plan.ts';
import { wordsFor } from './words.ts';

export interface Admin {
  readonly address: string;
  readonly language: Language;
  readonly timeZone: string;
}

/** Puts a telling into words; it belongs to no ticket. */
export function alarmLetter(telling: Telling, admin: Admin, messageId: string, now: number): Outgoing {
  const { address, language, timeZone } = admin;
  const moment = (at: number) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
  const about = telling.kind === 'over' ? { ...telling.told, facts: {}, error: '' } : telling.trouble;
  const { what, todo, over } = wordsFor(about, language);
  const values = { what, todo, over, since: moment(about.since), error: about.error };
  return {
    dedupKey: `alarm:${telling.kind}:${keyOf(about)}:${now}`,
    messageId,
    kind: 'alarm',
    form: telling.kind === 'over' ? 'over' : 'begun',
    ticket: null,
    letter: null,
    entry: null,
    recipient: address,
    model: {
      to: { name: '', address },
      language,
      inReplyTo: null,
      references: [],
      replyTo: null,
      values: telling.kind === 'over' ? { ...values, until: moment(now) } : values,
    },
    now,
  };
}
