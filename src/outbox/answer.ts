// What an operator's answer says: the text of its entry, read when it is sent, so that the outbox holds no second copy of it.

import type { Kysely } from 'kysely';
import { answerText } from '../store/answers.ts';
import type { Tables } from '../store/schema.ts';
import type { ReadMaterial } from './compose.ts';

/** Reads answers; rejects where the entry of one is not there. */
export const answerReader =
  (db: Kysely<Tables>): ReadMaterial =>
  async ({ entry }) => ({ values: { text: await answerText(db, entry) } });
