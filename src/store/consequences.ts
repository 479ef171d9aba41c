// What the end of an attempt to send a letter brings with it on its ticket, by the kind of the letter; in the transaction that
// writes the end down.

import type { Kysely } from 'kysely';
import type { AnswerEnd } from '../decide/decision.ts';
import { afterAnswer } from '../decide/operator/outcome.ts';
import type { Operator } from '../desk/operators.ts';
import type { OutgoingKind } from '../desk/outgoing.ts';
import type { Language } from '../desk/tickets.ts';
import type { Timetable } from '../desk/timetable.ts';
import type { Marking } from './apply/place.ts';
import { apply } from './apply.ts';
import { stopAnswered } from './clocks.ts';
import type { Consequence, OutgoingLetter, Settlement } from './outbox.ts';
import type { Tables } from './schema.ts';

export interface ConsequencesDeps extends Marking {
  readonly operators: () => readonly Operator[];
  readonly timetable: () => Timetable;
  /** The desk's own. */
  readonly language: Language;
}

/** The consequence of a kind; null where there is none. */
export function consequencesOf(deps: ConsequencesDeps): (kind: OutgoingKind) => Consequence | null {
  const consequences: { readonly [kind in OutgoingKind]?: Consequence } = {
    answer: async (trx, letter, settlement, at) => {
      const { ticket, entry, doubtful } = letter;
      if (ticket === null || entry === null) return;
      // the desk has reacted when SMTP accepted its answer, not when it was written
      if (reaches(letter, settlement)) await stopAnswered(trx, ticket, entry, at);
      for (const how of endsOf(settlement, doubtful)) await tell(deps, trx, letter, { how, settlement, at });
    },
  };
  return (kind) => consequences[kind] ?? null;
}

/** Whether the one whose ticket it is gets the answer, whatever becomes of the copies. */
const reaches = ({ model }: OutgoingLetter, settlement: Settlement): boolean =>
  settlement.state === 'sent' && !settlement.refused?.includes(model.to.address);

/** What of an end people must hear; an answer that left as it should is no news. */
function endsOf(settlement: Settlement, doubtful: boolean): readonly AnswerEnd[] {
  switch (settlement.state) {
    case 'queued':
      return [];
    case 'sent':
      return [...(settlement.refused?.length ? ['partly' as const] : []), ...(doubtful ? ['twice' as const] : [])];
    default:
      return [settlement.state];
  }
}

async function tell(
  deps: ConsequencesDeps,
  trx: Kysely<Tables>,
  letter: OutgoingLetter,
  { how, settlement, at }: { readonly how: AnswerEnd; readonly settlement: Settlement; readonly at: number },
): Promise<void> {
  const { id, ticket, entry, model } = letter;
  const about = await trx
    .selectFrom('tickets')
    .select(['id', 'number', 'state', 'subject', 'level', 'due_at as dueAt'])
    .where('id', '=', ticket)
    .executeTakeFirstOrThrow();
  const answer = await trx
    .selectFrom('entries')
    .select(['author', 'reply'])
    .where('id', '=', entry)
    .executeTakeFirstOrThrow();
  const timetable = deps.timetable();
  const all = [model.to, ...(model.cc ?? [])].map(({ address }) => address);
  const decision = afterAnswer({
    how,
    outbox: id,
    ticket: about,
    operator: deps.operators().find(({ identity }) => identity === answer.author) ?? null,
    people: how === 'partly' && 'refused' in settlement ? (settlement.refused ?? []) : all,
    reached: reaches(letter, settlement),
    reason: settlement.error ?? '',
    text: answer.reply,
    language: deps.language,
    timetable,
    at,
  });
  await apply(trx, decision, { ...deps, timetable, letter: null, now: at });
}
