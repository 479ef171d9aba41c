// What the end of an attempt to send a letter brings with it on its ticket, by the kind of the letter; in the transaction that
// writes the end down.

import type { Kysely } from 'kysely';
import type { AnswerEnd } from '../decide/decision.ts';
import { afterAnswer } from '../decide/operator/outcome.ts';
import type { Operator } from '../desk/operators.ts';
import type { OutgoingKind } from '../desk/outgoing.ts';
import type { Language } from '../desk/tickets.ts';
import type { Timetable } from '../desk/timetable.ts';
import { identity } from '../mail/address.ts';
import type { Marking } from './apply/place.ts';
import { apply } from './apply.ts';
import { stopAnswered } from './clocks.ts';
import { rememberMessageId } from './message-ids.ts';
import type { Consequence, OutgoingLetter, Settlement } from './outbox.ts';
import { addresseesOf, queueLetter, REST } from './outbox-queue.ts';
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
      const { ticket, entry } = letter;
      if (ticket === null || entry === null) return;
      // the desk has reacted when SMTP accepted its answer, not when it was written
      if (reaches(letter, settlement)) await stopAnswered(trx, ticket, entry, at);
      if (settlement.state === 'sent' && settlement.late) await queueRest(deps, trx, letter, settlement.late);
      for (const how of endsOf(letter, settlement)) await tell(deps, trx, letter, { how, settlement, at });
    },
  };
  return (kind) => consequences[kind] ?? null;
}

/** Whether a letter is for the one whose ticket it is, and not for others alone who did not get it the first time. */
const isFor = ({ model: { to, only } }: OutgoingLetter): boolean => only === undefined || only.includes(to.address);

/** Whether the one whose ticket it is gets the answer now, whatever becomes of the copies. */
const reaches = (letter: OutgoingLetter, settlement: Settlement): boolean =>
  isFor(letter) &&
  !misses(letter, settlement) &&
  settlement.state === 'sent' &&
  !settlement.late?.people.includes(letter.model.to.address);

/** Whether he is left without it; one who was only put off is not. */
const misses = (letter: OutgoingLetter, settlement: Settlement): boolean =>
  isFor(letter) && (settlement.state !== 'sent' || settlement.refused?.includes(letter.model.to.address) === true);

/** The same answer once more, to those alone whom the server put off while it took it for others. */
async function queueRest(
  { messageIdFor }: Marking,
  trx: Kysely<Tables>,
  { id, kind, form, ticket, letter, entry, model, createdAt }: OutgoingLetter,
  { people, notBefore }: { readonly people: readonly string[]; readonly notBefore: number },
): Promise<void> {
  const messageId = messageIdFor(kind, ticket);
  if (ticket !== null) await rememberMessageId(trx, ticket, messageId, true);
  const recipient = identity(model.to.address) ?? model.to.address;
  const rest = { kind, form, ticket, letter, entry, messageId, recipient, notBefore };
  // it is given up when the first one would have been
  await queueLetter(trx, { ...rest, dedupKey: `${REST}${id}`, model: { ...model, only: people }, now: createdAt });
}

/** What of an end people must hear; an answer that left as it should is no news. */
function endsOf(letter: OutgoingLetter, settlement: Settlement): readonly AnswerEnd[] {
  switch (settlement.state) {
    case 'queued':
      return [];
    case 'sent':
      return [
        ...(settlement.refused?.length ? ['partly' as const] : []),
        ...(letter.doubtful ? ['twice' as const] : []),
      ];
    case 'failed':
      return [isFor(letter) ? 'failed' : 'partly'];
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
  const all = addresseesOf(model);
  const decision = afterAnswer({
    how,
    outbox: id,
    ticket: about,
    operator: deps.operators().find(({ identity }) => identity === answer.author) ?? null,
    people: how === 'partly' && 'refused' in settlement ? (settlement.refused ?? []) : all,
    reached: !misses(letter, settlement),
    reason: settlement.error ?? '',
    text: answer.reply,
    language: deps.language,
    timetable,
    at,
  });
  await apply(trx, decision, { ...deps, timetable, letter: null, now: at });
}
