// Logos of signatures among the files of a letter: a small picture in the text that came with earlier letters is one.

import type { Kysely } from 'kysely';
import type { Letter } from '../decide/case.ts';
import type { DeskStanding } from '../decide/operator/standing.ts';
import { picturesOfEarlierLetters } from '../store/earlier-pictures.ts';
import type { Tables } from '../store/schema.ts';
import type { ThreadMatch } from '../thread/choose.ts';

/** What a letter belongs to: an operator's to what he answers, any other's to the ticket that its writer may write to. */
interface Place {
  readonly desk: DeskStanding | null;
  readonly match: ThreadMatch | null;
  /** The letter's own number. */
  readonly id: number;
}

/** The letter, its logos taken for its looks. */
export async function withoutLogos(trx: Kysely<Tables>, letter: Letter, { desk, match, id }: Place): Promise<Letter> {
  const small = letter.attachments.filter(({ logoSized, inlined }) => logoSized && !inlined);
  if (small.length === 0) return letter;
  const digests = small.map(({ sha256 }) => sha256);
  const ticket = desk ? desk.conversation?.ticket : match?.entitled ? match.ticket : null;
  const earlier = await picturesOfEarlierLetters(trx, { digests, ticket: ticket?.id ?? null, letter: id });
  return {
    ...letter,
    attachments: letter.attachments.map((file) =>
      small.includes(file) && earlier.has(file.sha256)
        ? { ...file, inlined: true, detail: 'came with earlier letters' }
        : file,
    ),
  };
}
