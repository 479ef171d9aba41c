// Warnings: before a deadline and when it is missed, the assignee and the leads get a letter, in working time, once each.
// What was told stands on the clock, so that a restart tells nothing twice and forgets nothing.

import type { Kysely } from 'kysely';
import type { Log } from '../config/log.ts';
import { type Operator, warned } from '../desk/operators.ts';
import type { Language } from '../desk/tickets.ts';
import type { Timetable } from '../desk/timetable.ts';
import { isWorkingTime } from '../desk/working-time.ts';
import { queueNews } from '../store/apply/news.ts';
import type { Marking } from '../store/apply/place.ts';
import { type Deadline, deadlinesToTell, markTold } from '../store/deadlines.ts';
import type { Tables } from '../store/schema.ts';

export interface DeadlinesDeps extends Marking {
  readonly db: Kysely<Tables>;
  readonly timetable: Timetable;
  readonly operators: readonly Operator[];
  /** The desk's own. */
  readonly language: Language;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Queues what is to be told now; gives the number of letters. Rejects where the database is in trouble. */
export async function tellDeadlines(deps: DeadlinesDeps): Promise<number> {
  const { db, timetable, now } = deps;
  let letters = 0;
  for (const deadline of await deadlinesToTell(db, now)) {
    if (!isWorkingTime(now, timetable.levels[deadline.level].calendar)) continue;
    letters += await db.transaction().execute((trx) => tell(deps, trx, deadline));
  }
  return letters;
}

async function tell(deps: DeadlinesDeps, trx: Kysely<Tables>, deadline: Deadline): Promise<number> {
  const { operators, language, log, now } = deps;
  if (!(await markTold(trx, deadline, now))) return 0;
  const people = warned(operators, deadline.assignee);
  const { clock, ticket, entry, dueAt, form } = deadline;
  for (const to of people) {
    const dedupKey = `warning:${clock}:${form}:${dueAt}:${to.identity}`;
    await queueNews(trx, { kind: 'warning', form, ticket, entry, letter: null, dedupKey, to, language, now }, deps);
  }
  const fields = { ticket: deadline.number, due: new Date(deadline.dueAt).toISOString() };
  if (people.length === 0) log.warn(fields, `${SAID[deadline.form]}; nobody is told, for no operator is a lead`);
  else log[deadline.form === 'missed' ? 'warn' : 'info']({ ...fields, told: people.length }, SAID[deadline.form]);
  return people.length;
}

const SAID = { before: 'an answer is due soon', missed: 'an answer is late' } as const;
