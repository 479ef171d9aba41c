// A ticket that gets the level `development` is told to that department (§3.2 of the regulation), whoever moved it there and
// however: the history of the ticket says that it is to be told, the outbox that it was.

import type { Kysely } from 'kysely';
import type { Log } from '../config/log.ts';
import type { Operator } from '../desk/operators.ts';
import type { Language } from '../desk/tickets.ts';
import { queueNews } from '../store/apply/news.ts';
import type { Marking } from '../store/apply/place.ts';
import { type Handover, untoldHandovers } from '../store/handovers.ts';
import type { Tables } from '../store/schema.ts';

export interface HandoversDeps extends Marking {
  readonly db: Kysely<Tables>;
  readonly operators: readonly Operator[];
  /** The desk's own. */
  readonly language: Language;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Queues what is to be told now; gives the number of letters. Rejects where the database is in trouble. */
export async function tellHandovers(deps: HandoversDeps): Promise<number> {
  const { db, operators, now, log } = deps;
  const developers = operators.filter(({ role, notify }) => role === 'developer' && notify);
  if (developers.length === 0) return 0;
  let letters = 0;
  for (const handover of await untoldHandovers(db, now)) {
    const people = developers.filter(({ identity }) => identity !== handover.requester);
    await db.transaction().execute((trx) => tell(deps, trx, handover, people));
    letters += people.length;
    log.info({ ticket: handover.number, told: people.length }, 'handed to development');
  }
  return letters;
}

async function tell(
  deps: HandoversDeps,
  trx: Kysely<Tables>,
  { event, ticket, entry }: Handover,
  people: readonly Operator[],
): Promise<void> {
  const { language, now } = deps;
  for (const to of people) {
    const dedupKey = `handover:${event}:${to.identity}`;
    const news = { kind: 'notification', form: 'handover', ticket, entry, letter: null, dedupKey } as const;
    await queueNews(trx, { ...news, to, language, now }, deps);
  }
}
