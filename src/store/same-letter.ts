// Copies of one letter: which earlier one a letter repeats, and what becomes of an earlier one that must give way to it.

import { type Kysely, sql } from 'kysely';
import type { Disposition } from '../decide/decision.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

/** A letter as its copies are looked for. */
export interface Copy {
  readonly id: number;
  readonly digest: string;
  readonly messageId: string;
  /** What its top Content-* fields say: the digest leaves them out, and by them the same bytes are read in two ways. */
  readonly readAs: string;
}

/** An earlier copy. */
export interface Same {
  readonly id: number;
  readonly ticket: number | null;
  readonly disposition: Disposition;
  /** Whether it gives way to a copy that is a person's: nobody has seen it as one. */
  readonly givesWay: boolean;
}

/**
 * The letter that this one repeats: same content, and the same Message-ID where both have one. One that was read in another
 * way is another letter, but where it is set aside: then this one may be what it should have been.
 */
export async function findSame(trx: Kysely<Tables>, copy: Copy): Promise<Same | null> {
  const { id, digest, messageId, readAs } = copy;
  const earlier = (await copiesOf(trx, { id, digest, messageId })).rows.map(
    ({ read_as, aside, ticket_id, disposition, ...row }) => ({
      id: row.id,
      ticket: ticket_id,
      disposition: disposition as Disposition,
      givesWay: aside !== 'given-up' && GIVES_WAY.includes(disposition ?? ''),
      readSo: read_as === null || read_as === readAs,
    }),
  );
  const found =
    earlier.find(({ givesWay, readSo }) => readSo && !givesWay) ??
    earlier.find(({ readSo }) => readSo) ??
    earlier.find(({ givesWay }) => givesWay);
  return found ?? null;
}

/** What a letter has come to where nobody has it before him as a person's. */
const GIVES_WAY: readonly string[] = ['automatic', 'bounce', 'own', 'quarantined', 'answers-notice'];

// written out, for SQLite uses an index over part of a table only where it sees the words of its condition: of a letter that
// came a thousand times only the first is read
const IS_DEALT_WITH = sql<boolean>`disposition <> 'duplicate'`;
/** So many copies of a letter are looked at. */
const COPIES = 50;

const copiesOf = prepared((db, letter: Pick<Copy, 'id' | 'digest' | 'messageId'>) =>
  db
    .selectFrom('letters')
    .select(['id', 'ticket_id', 'disposition', 'aside', 'read_as'])
    .where('digest', '=', letter.digest)
    .where('id', '!=', letter.id)
    .where(IS_DEALT_WITH)
    .where((e) => e.or([e('message_id', 'is', null), e('message_id', '=', letter.messageId)]))
    .orderBy('id')
    .limit(COPIES),
);

/** An earlier copy gives way: from now on it is the duplicate, and says of which letter. What it left on a ticket stays there. */
export async function supersede(
  trx: Kysely<Tables>,
  earlier: Same,
  by: { readonly id: number; readonly ticket: number | null },
): Promise<void> {
  const because = `superseded by letter ${by.id}, a copy that is a person's (it was ${earlier.disposition})`;
  await trx
    .updateTable('letters')
    .set({
      disposition: 'duplicate',
      because,
      silence: because,
      aside: null,
      same_as: by.id,
      ticket_id: earlier.ticket ?? by.ticket,
    })
    .where('id', '=', earlier.id)
    .execute();
}
