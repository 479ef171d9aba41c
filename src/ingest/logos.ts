// Logos of signatures among the files of a letter: a small picture in the text that came with earlier letters is one.

import type { Kysely } from 'kysely';
import type { Letter } from '../decide/case.ts';
import { picturesOfEarlierLetters } from '../store/earlier-pictures.ts';
import type { Tables } from '../store/schema.ts';

/** The letter, its logos taken for its looks. `ticket` is the one it belongs to, null for a new one; `id` its own. */
export async function withoutLogos(
  trx: Kysely<Tables>,
  letter: Letter,
  ticket: number | null,
  id: number,
): Promise<Letter> {
  const small = letter.attachments.filter(({ logoSized, inlined }) => logoSized && !inlined);
  if (small.length === 0) return letter;
  const digests = small.map(({ sha256 }) => sha256);
  const earlier = await picturesOfEarlierLetters(trx, { digests, ticket, letter: id });
  return {
    ...letter,
    attachments: letter.attachments.map((file) =>
      small.includes(file) && earlier.has(file.sha256)
        ? { ...file, inlined: true, detail: 'came with earlier letters' }
        : file,
    ),
  };
}
