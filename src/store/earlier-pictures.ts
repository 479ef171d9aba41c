// Which pictures of a letter came with earlier ones: their digests in, those that repeat out. A logo comes with every letter
// of its writer; a screenshot comes once, or again when a letter on the same ticket quotes it.

import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** Of all tickets so many files back, and pictures of one letter that are asked about. */
const LATELY = 5_000;
const ASKED = 50;
/** On other tickets in so many letters: a second ticket about the same error may well show the same picture. */
const ELSEWHERE = 2;

interface Asked {
  /** SHA-256, hex. */
  readonly digests: readonly string[];
  /** The ticket that the letter belongs to; null for a new one. */
  readonly ticket: number | null;
  /** The letter itself, which may have been dealt with before. */
  readonly letter: number;
}

/** The digests that an earlier letter on the ticket had, or several elsewhere lately. */
export async function picturesOfEarlierLetters(
  trx: Kysely<Tables>,
  { digests, ticket, letter }: Asked,
): Promise<ReadonlySet<string>> {
  const asked = digests.slice(0, ASKED);
  if (asked.length === 0) return new Set();
  const files = trx
    .selectFrom('attachments')
    .select(['attachments.sha256', 'attachments.letter_id'])
    .where('attachments.sha256', 'in', asked)
    .where('attachments.letter_id', '!=', letter)
    .distinct();
  const here =
    ticket === null
      ? []
      : await files
          .innerJoin('entries', 'entries.id', 'attachments.entry_id')
          .where('entries.ticket_id', '=', ticket)
          .execute();
  const { last } = await trx
    .selectFrom('attachments')
    .select((f) => f.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  const lately = await files.where('attachments.id', '>', Number(last ?? 0) - LATELY).execute();
  const letters = (digest: string) => lately.filter(({ sha256 }) => sha256 === digest).length;
  return new Set([...here.map(({ sha256 }) => sha256), ...asked.filter((digest) => letters(digest) >= ELSEWHERE)]);
}
