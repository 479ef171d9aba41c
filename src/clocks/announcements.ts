// Puts the next letters of announcements into the outbox, so many a minute. Who has got one is noted in the same commit: a
// daemon that ends in the middle goes on with the next one.

import type { Kysely } from 'kysely';
import { announcementKey, nextRecipients, noteQueued, queuedSince } from '../store/announcements.ts';
import { queueLetter } from '../store/outbox-queue.ts';
import type { Tables } from '../store/schema.ts';

export interface AnnouncementJob {
  readonly db: Kysely<Tables>;
  readonly perMinute: number;
  /** Makes a Message-ID. */
  readonly messageIdFor: (kind: 'announcement', ticket: null) => string;
}

const MINUTE = 60_000;

/** Queues what may leave now; gives the number of letters. */
export async function feedAnnouncements(
  { db, perMinute, messageIdFor }: AnnouncementJob,
  now: number,
): Promise<number> {
  const ahead = await nextRecipients(db, perMinute);
  if (ahead.length === 0) return 0;
  return db.transaction().execute(async (trx) => {
    const room = perMinute - (await queuedSince(trx, now - MINUTE));
    const next = await nextRecipients(trx, Math.max(0, room));
    for (const { announcement, address, language, optional } of next) {
      await queueLetter(trx, {
        dedupKey: announcementKey(announcement, address),
        messageId: messageIdFor('announcement', null),
        kind: 'announcement',
        form: optional === 1 ? 'optional' : 'notice',
        ticket: null,
        letter: null,
        entry: null,
        recipient: address,
        model: {
          to: { name: '', address },
          language,
          inReplyTo: null,
          references: [],
          replyTo: null,
          values: { announcement },
          ...(optional === 1 ? { unsubscribe: true } : {}),
        },
        now,
      });
      await noteQueued(trx, announcement, address, now);
    }
    return next.length;
  });
}
