// In the first days of a month the leads get the report of the month before; a daemon that did not run on the first makes up
// for it.

import type { Kysely } from 'kysely';
import type { Operator } from '../desk/operators.ts';
import { dateAt, monthBefore } from '../desk/report/period.ts';
import type { Language } from '../desk/tickets.ts';
import { isQueued, queueLetter } from '../store/outbox-queue.ts';
import type { Tables } from '../store/schema.ts';

export interface ReportJob {
  readonly db: Kysely<Tables>;
  readonly operators: () => readonly Operator[];
  readonly timeZone: string;
  readonly language: Language;
  /** Makes a Message-ID. */
  readonly messageIdFor: (kind: 'report', ticket: null) => string;
}

const MADE_UP_DAYS = 7;

/** Queues the report of the month before; a second time in the same month changes nothing. Gives the number of letters. */
export async function queueReports(
  { db, operators, timeZone, language, messageIdFor }: ReportJob,
  now: number,
): Promise<number> {
  if (Number(dateAt(now, timeZone).slice(-2)) > MADE_UP_DAYS) return 0;
  const { from, to } = monthBefore(now, timeZone);
  const leads = operators().filter(({ role }) => role === 'lead');
  return db.transaction().execute(async (trx) => {
    let queued = 0;
    for (const { identity, name, address } of leads) {
      const dedupKey = `report:${from}:${identity}`;
      if (await isQueued(trx, dedupKey)) continue;
      queued++;
      await queueLetter(trx, {
        dedupKey,
        messageId: messageIdFor('report', null),
        kind: 'report',
        form: 'monthly',
        ticket: null,
        letter: null,
        entry: null,
        recipient: identity,
        model: {
          to: { name, address },
          language,
          inReplyTo: null,
          references: [],
          replyTo: null,
          values: { from, to },
        },
        now,
      });
    }
    return queued;
  });
}
