// Letters back, each kind put into the outbox by a file of its own, under a Message-ID of ours that later letters may refer to.

import type { Kysely } from 'kysely';
import type { Response } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';
import { acknowledge } from './acknowledge.ts';
import { notify } from './notify.ts';
import type { Marking, Place } from './place.ts';

/** Queues a response. However often a letter is dealt with, it gets one acknowledgement, and an operator one notification. */
export async function respond(trx: Kysely<Tables>, response: Response, place: Place, marking: Marking): Promise<void> {
  switch (response.kind) {
    case 'acknowledgement':
      return acknowledge(trx, response, place, marking);
    case 'notification':
      return notify(trx, response, place, marking);
    default:
      response satisfies never;
  }
}
