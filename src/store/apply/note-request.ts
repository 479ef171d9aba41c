// What letters say of a request, gathered on its ticket: a later letter completes and corrects the ones before it, and what an
// operator has confirmed stays.

import type { Kysely } from 'kysely';
import type { Change } from '../../decide/decision.ts';
import type { Tables } from '../schema.ts';

/** Notes what one letter says. */
export async function noteRequest(
  trx: Kysely<Tables>,
  ticket: number,
  { facts, category }: Extract<Change, { kind: 'note-request' }>,
): Promise<void> {
  const { site, version, edition, steps, severalProblems } = facts;
  const said = {
    ...(site === null ? {} : { site }),
    ...(version === null ? {} : { version }),
    ...(edition === null ? {} : { edition }),
    ...(steps ? { steps: 1 } : {}),
    ...(severalProblems ? { several_problems: 1 } : {}),
  };
  if (Object.keys(said).length > 0) await trx.updateTable('tickets').set(said).where('id', '=', ticket).execute();
  if (category === null) return;
  // the first letter tells what the matter is; «не работает» in a later one is mostly an answer
  await trx
    .updateTable('tickets')
    .set({ category, category_state: 'proposed' })
    .where('id', '=', ticket)
    .where('category', 'is', null)
    .execute();
}
