// Queues the morning's digests: one for each operator for whom something waits, once a working day.

import type { Kysely } from 'kysely';
import type { Calendar } from '../desk/calendar.ts';
import { digestFor, hearsOfAside } from '../desk/digest.ts';
import type { Operator } from '../desk/operators.ts';
import type { Language } from '../desk/tickets.ts';
import { dueTickets } from '../store/due-tickets.ts';
import { queueLetter } from '../store/outbox-queue.ts';
import type { Tables } from '../store/schema.ts';
import { newsAside } from '../store/set-aside.ts';

export interface DigestJob {
  readonly db: Kysely<Tables>;
  readonly operators: () => readonly Operator[];
  /** Which days are working days. */
  readonly calendar: Calendar;
  readonly language: Language;
  /** Makes a Message-ID. */
  readonly messageIdFor: (kind: 'digest', ticket: null) => string;
}

const READ = 2_000;
/** So far back looks the first digest of an operator. */
const FIRST_MS = 3 * 86_400_000;

/** Queues what is to be told this day; a second time on the same day changes nothing. Gives the number of digests. */
export async function queueDigests(
  { db, operators, calendar, language, messageIdFor }: DigestJob,
  now: number,
): Promise<number> {
  const day = calendar.day(calendar.dayAt(now));
  if (day.spans.length === 0) return 0;
  return db.transaction().execute(async (trx) => {
    const tickets = await dueTickets(trx, READ);
    let queued = 0;
    for (const operator of operators()) {
      const { identity, name, address } = operator;
      const { own, others } = digestFor(operator, operators(), tickets);
      const since = (await lastDigest(trx, identity, day.date)) ?? now - FIRST_MS;
      const aside = hearsOfAside(operator) ? (await newsAside(trx, since, 0)).all : 0;
      if (own.length + others.length + aside === 0) continue;
      queued += 1;
      await queueLetter(trx, {
        dedupKey: `digest:${day.date}:${identity}`,
        messageId: messageIdFor('digest', null),
        kind: 'digest',
        form: 'morning',
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
          values: { since },
        },
        now,
      });
    }
    return queued;
  });
}

/** When the digest before this day's was written for somebody, epoch milliseconds. */
async function lastDigest(db: Kysely<Tables>, recipient: string, today: string): Promise<number | null> {
  const row = await db
    .selectFrom('outbox')
    .select('created_at')
    .where('recipient', '=', recipient)
    .where('kind', '=', 'digest')
    .where('dedup_key', 'like', 'digest:%')
    .where('dedup_key', '!=', `digest:${today}:${recipient}`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.created_at ?? null;
}
