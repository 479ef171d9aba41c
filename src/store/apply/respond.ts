// A letter back, put into the outbox under a Message-ID of ours that later letters may refer to.

import type { Kysely } from 'kysely';
import type { Question, Response, Transcript } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import { acknowledge } from './acknowledge.ts';
import { answer } from './answer.ts';
import { gatherNumbers } from './gather-numbers.ts';
import { notify } from './notify.ts';
import type { Marking, Place } from './place.ts';
import { tellFailure } from './tell-failure.ts';

/**
 * Queues a response. However often a letter is dealt with, it gets one acknowledgement, an operator one notification, and
 * what he answers goes out once.
 */
export async function respond(
  trx: Kysely<Tables>,
  response: Exclude<Response, Question | Transcript>,
  place: Place,
  marking: Marking,
): Promise<void> {
  switch (response.kind) {
    case 'acknowledgement':
      return response.form === 'gathered'
        ? gatherNumbers(trx, response, place, marking)
        : acknowledge(trx, response, place, marking);
    case 'answer':
      return answer(trx, response, place, marking);
    case 'failure':
      return tellFailure(trx, response, place, marking);
    case 'notification':
      return notify(trx, response, place, marking);
    default:
      response satisfies never;
  }
}
