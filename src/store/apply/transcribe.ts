// What became of the commands of an operator's letter, put into the outbox.

import type { Kysely } from 'kysely';
import type { Transcript } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';
import { queueMarked } from './queue-marked.ts';

/** Queues a transcript; a letter of an operator has one. */
export function transcribe(
  trx: Kysely<Tables>,
  { kind, form, to, language, inReplyTo, references, entry, values }: Transcript,
  { ticket, letter, now }: Pick<Place, 'letter' | 'now'> & { readonly ticket: number | null },
  marking: Marking,
): Promise<void> {
  const dedupKey = `${kind}:${letter}`;
  const token = { reader: 'operator', about: entry } as const;
  const model = { language, inReplyTo, references, values };
  const written = { dedupKey, kind, form, ticket, letter, entry: entry || null, to, token, model, now };
  return queueMarked(trx, written, marking);
}
