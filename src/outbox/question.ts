// A question to an operator, read when it is sent: of a list, which of its letters wait still, and how many do besides.

import type { Kysely } from 'kysely';
import { shortMoment } from '../desk/deadline-words.ts';
import { coverSecrets } from '../desk/secrets.ts';
import { identity } from '../mail/address.ts';
import { lettersIn, unprovenOf } from '../store/lookup-desk.ts';
import type { Tables } from '../store/schema.ts';
import type { ReadMaterial } from './compose.ts';

export interface QuestionDeps {
  readonly db: Kysely<Tables>;
  readonly timeZone: string;
}

/** Characters of a subject that are shown. */
const SUBJECT_CHARS = 160;

/** Reads a question; all but a list say what was written with them. */
export function questionReader({ db, timeZone }: QuestionDeps): ReadMaterial {
  return async (letter) => {
    if (letter.form !== 'waiting') return { values: {} };
    const listed = lettersIn(letter.model);
    const waiting = await unprovenOf(db, identity(letter.model.to.address) ?? '');
    const named = waiting.filter(({ id }) => listed.includes(id));
    return {
      values: {
        count: waiting.length,
        more: waiting.length - named.length,
        waiting: named.map(({ id, received_at, subject }) => ({
          letter: id,
          at: shortMoment(received_at, timeZone),
          subject: coverSecrets(subject ?? '').text.slice(0, SUBJECT_CHARS),
        })),
      },
    };
  };
}
