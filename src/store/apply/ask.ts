// A question to an operator about a letter that is set aside, put into the outbox.

import type { Kysely } from 'kysely';
import type { Question } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import type { Marking } from './place.ts';
import { queueMarked } from './queue-marked.ts';

/** Queues a question; about a letter it is asked once for every state of its ticket. */
export function ask(
  trx: Kysely<Tables>,
  { kind, form, ticket, held, entry, to, language, inReplyTo, references, values, files = [] }: Question,
  { letter, now }: { readonly letter: number; readonly now: number },
  marking: Marking,
): Promise<void> {
  const about = held ?? letter;
  const dedupKey = `${kind}:${about}:${entry}${held === null ? '' : `:${letter}`}`;
  const token = { reader: 'asked', about } as const;
  const model = { language, inReplyTo, references, values, files };
  const written = { dedupKey, kind, form, ticket, letter: about, entry: entry || null, to, token, model, now };
  return queueMarked(trx, written, marking);
}
