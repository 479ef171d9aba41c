// An operator's answer, put into the outbox. What it says stands in its entry and is read when it is sent.

import type { Kysely } from 'kysely';
import type { Addressee, Answer } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';
import { queueMarked } from './queue-marked.ts';

/** Queues the answer that was just appended; a letter of an operator is one. */
export function answer(
  trx: Kysely<Tables>,
  { kind, form, to, cc, from, language, subject, inReplyTo, references, files, holdMs }: Answer,
  { ticket, entry, letter, now }: Place,
  marking: Marking,
): Promise<void> {
  const dedupKey = letter === null ? `${kind}:entry ${entry}` : `${kind}:${letter}`;
  const token = { reader: 'customer', about: entry } as const;
  const model = {
    cc: cc.map(person),
    ...(from === null ? {} : { from }),
    language,
    inReplyTo,
    references,
    values: { subject },
    attach: letter === null ? [] : files.map((file) => ({ letter, ...file })),
  };
  const written = { dedupKey, kind, form, ticket, letter, entry, to, token, model, now, notBefore: now + holdMs };
  return queueMarked(trx, written, marking);
}

const person = ({ name, address }: Addressee) => ({ name, address });
