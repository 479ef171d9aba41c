// The acknowledgement of a letter, put into the outbox.

import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import type { Marking, Place } from './place.ts';
import { queueMarked } from './queue-marked.ts';

/** Queues an acknowledgement; a letter has one. */
export function acknowledge(
  trx: Kysely<Tables>,
  { kind, form, to, language, inReplyTo, references, files, values }: Acknowledgement,
  { ticket, entry, letter, now }: Place,
  marking: Marking,
): Promise<void> {
  const dedupKey = letter === null ? `${kind}:entry:${entry}` : `${kind}:${letter}`;
  const token = { reader: 'customer', about: entry } as const;
  const model = { language, inReplyTo, references, files, values };
  const written = { dedupKey, kind, form, ticket, letter, entry: entry || null, to, token, model, now };
  return queueMarked(trx, written, marking);
}
