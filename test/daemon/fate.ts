// What became of a letter, read from the store beside the daemon; and which ticket an acknowledgement names.

import { decode } from '../../src/decode/decode.ts';
import { ticketNumber } from '../../src/thread/damm.ts';
import { tagsIn } from '../../src/thread/tags.ts';
import { until } from '../support/condition.ts';
import type { PostRoom } from '../support/daemon.ts';
import type { Caught } from '../support/smtp-sink.ts';

export interface Fate {
  readonly letter: number;
  readonly disposition: string;
  readonly ticket: string | null;
  readonly silence: string | null;
}

/** Waits until the `nth` letter with this Message-ID is dealt with. */
export function fateOf(room: PostRoom, messageId: string, nth = 1, ms = 10_000): Promise<Fate> {
  return room.store(({ db }) =>
    until(
      async () => {
        const rows = await db
          .selectFrom('letters')
          .select(['id', 'disposition', 'ticket_id', 'silence'])
          .where('message_id', '=', messageId)
          .where('disposition', 'is not', null)
          .orderBy('id')
          .execute();
        const row = rows[nth - 1];
        if (!row?.disposition) return null;
        const ticket = row.ticket_id === null ? null : ticketNumber(row.ticket_id);
        return { letter: row.id, disposition: row.disposition, ticket, silence: row.silence };
      },
      ms,
      `letter ${nth} <${messageId}> is dealt with`,
    ),
  );
}

/** The number in the subject of a letter of ours. */
export function ticketIn(letter: Caught): string | null {
  return tagsIn(decode(letter.raw).subject)[0] ?? null;
}
