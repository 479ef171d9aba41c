// A question to an operator about letters that are set aside, put into the outbox.

import { type Kysely, sql } from 'kysely';
import type { Question } from '../../decide/decision.ts';
import { lettersIn } from '../lookup-desk.ts';
import type { OutgoingModel } from '../outbox-queue.ts';
import type { Tables } from '../schema.ts';
import type { Marking } from './place.ts';
import { queueMarked } from './queue-marked.ts';

/** Queues a question; about a letter it is asked once for every state of its ticket. A list that has not left yet grows. */
export async function ask(
  trx: Kysely<Tables>,
  question: Question,
  { letter, now }: { readonly letter: number; readonly now: number },
  marking: Marking,
): Promise<void> {
  const { kind, form, ticket, held, entry, to, language, inReplyTo, references, notBefore, files = [] } = question;
  const about = held ?? letter;
  if (form === 'waiting' && (await addToQueued(trx, to.identity, letter))) return;
  const values =
    form === 'waiting' ? { ...question.values, letters: [...lettersOf(question), letter] } : question.values;
  const dedupKey =
    form === 'waiting'
      ? `${kind}:waiting:${about}:${now}`
      : `${kind}:${about}:${entry}${held === null ? '' : `:${letter}`}`;
  const token = { reader: 'asked', about } as const;
  const model = { language, inReplyTo, references, values, files };
  const place = { ticket, letter: about, entry: entry || null, now, ...(notBefore === undefined ? {} : { notBefore }) };
  return queueMarked(trx, { dedupKey, kind, form, ...place, to, token, model }, marking);
}

const lettersOf = ({ values }: Question): readonly number[] => values.letters as readonly number[];

/** Names a letter in the list that waits to leave; false where none does. */
async function addToQueued(trx: Kysely<Tables>, recipient: string, letter: number): Promise<boolean> {
  const row = await trx
    .selectFrom('outbox')
    .select(['id', 'model'])
    .where('recipient', '=', recipient)
    .where('kind', '=', 'question')
    .where('form', '=', 'waiting')
    .where(sql<boolean>`state = 'queued'`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return false;
  const model = JSON.parse(row.model) as OutgoingModel;
  const letters = [...new Set([...lettersIn(row.model), letter])];
  await trx
    .updateTable('outbox')
    .set({ model: JSON.stringify({ ...model, values: { ...model.values, letters } }) })
    .where('id', '=', row.id)
    .execute();
  return true;
}
