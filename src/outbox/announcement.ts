// An announcement, read when it is sent: its text stands in the store once, however many get it.

import type { Kysely } from 'kysely';
import { announcementById } from '../store/announcements.ts';
import type { Tables } from '../store/schema.ts';
import type { ReadMaterial } from './compose.ts';

/** Reads an announcement. */
export function announcementReader(db: Kysely<Tables>): ReadMaterial {
  return async ({ model }) => {
    const id = Number(model.values?.announcement);
    const found = await announcementById(db, id);
    if (!found) throw new Error(`there is no announcement ${id}`);
    return { values: { ...found.texts[model.language] } };
  };
}
