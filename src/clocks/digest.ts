// Queues the morning's digests: one for each operator for whom something waits, once a working day.

import type { Kysely } from 'kysely';
import type { Calendar } from '../desk/calendar.ts';
import { digestFor } from '../desk/digest.ts';
import type { Operator } from '../desk/operators.ts';
import type { Language } from '../desk/tickets.ts';
import { dueTickets } from '../store/due-tickets.ts';
import { queueLetter } from '../store/outbox-queue.ts';
import type { Tables } from '../store/schema.ts';

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

/** Queues what is to be told this day; a second time on the same day changes nothing. Gives the number of digests. */
export async function queueDigests(
  { db, operators, calendar, language, messageIdFor }: DigestJob,
  now: number,
): Promise<number> {
  const day = calendar.day(calendar.dayAt(now));
  if (day.spans.length === 0) return 0;
  return db.transaction().execute(async (trx) => {
    const tickets = await dueTickets(trx, READ);
    const readers = operators().filter((operator) => {
      const { own, others } = digestFor(operator, operators(), tickets);
      return own.length + others.length > 0;
    });
    for (const { identity, name, address } of readers) {
      await queueLetter(trx, {
        dedupKey: `digest:${day.date}:${identity}`,
        messageId: messageIdFor('digest', null),
        kind: 'digest',
        form: 'morning',
        ticket: null,
        letter: null,
        entry: null,
        recipient: identity,
        model: { to: { name, address }, language, inReplyTo: null, references: [], replyTo: null },
        now,
      });
    }
    return readers.length;
  });
}
