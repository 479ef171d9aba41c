// What an operator or a rule changes on a ticket beside its state, each with a line in its history.

import type { Kysely } from 'kysely';
import type { EventKind } from '../desk/events.ts';
import type { CategoryName } from '../desk/request/category.ts';
import type { Critical, Level } from '../desk/tickets.ts';
import type { Timetable } from '../desk/timetable.ts';
import { recordEvent } from './events.ts';
import { recountClocks } from './recount-clocks.ts';
import type { Tables } from './schema.ts';

/** Who changes something, and why. */
export interface Author {
  /** Normalised address of an operator, `admin`, or `kvitok`. */
  readonly by: string;
  readonly because: string;
  /** The letter that says so; null where none does. */
  readonly letter?: number | null;
}

/** Gives a ticket a level; its unanswered letters are counted by it from their arrival on. Gives the level it had. */
export async function setLevel(
  trx: Kysely<Tables>,
  ticket: number,
  level: Level,
  timetable: Timetable,
  author: Author,
  at: number,
): Promise<Level> {
  const was = await setField(trx, ticket, 'level', level, author, at);
  await trx.updateTable('tickets').set({ level_because: author.because }).where('id', '=', ticket).execute();
  if (was !== level) await recountClocks(trx, ticket, timetable, { ...author, because: `level ${level}` }, at);
  return was;
}

/** Says whether a ticket goes before the queue. Gives what was said before. */
export const setCritical = (
  trx: Kysely<Tables>,
  ticket: number,
  critical: Critical,
  author: Author,
  at: number,
): Promise<Critical> => setField(trx, ticket, 'critical', critical, author, at);

/** Gives a ticket to an operator (normalised address), or to nobody. Gives whose it was. */
export const setAssignee = (
  trx: Kysely<Tables>,
  ticket: number,
  assignee: string | null,
  author: Author,
  at: number,
): Promise<string | null> => setField(trx, ticket, 'assignee', assignee, author, at);

/** Says what kind of question a ticket is, as an operator confirms it. */
export async function setCategory(
  trx: Kysely<Tables>,
  ticket: number,
  category: CategoryName,
  { letter, ...why }: Author,
  at: number,
): Promise<void> {
  const { category: was, category_state: state } = await trx
    .selectFrom('tickets')
    .select(['category', 'category_state'])
    .where('id', '=', ticket)
    .executeTakeFirstOrThrow();
  if (was === category && state === 'confirmed') return;
  await trx
    .updateTable('tickets')
    .set({ category, category_state: 'confirmed', changed_at: at })
    .where('id', '=', ticket)
    .execute();
  await recordEvent(trx, ticket, { kind: 'category', was, became: category, ...why }, at, letter);
}

async function setField<V extends string | null>(
  trx: Kysely<Tables>,
  ticket: number,
  field: Extract<EventKind, 'level' | 'critical' | 'assignee'>,
  value: V,
  author: Author,
  at: number,
): Promise<V> {
  const row = await trx.selectFrom('tickets').select(field).where('id', '=', ticket).executeTakeFirstOrThrow();
  const was = row[field] as V;
  if (was === value) return was;
  await trx
    .updateTable('tickets')
    .set({ [field]: value, changed_at: at })
    .where('id', '=', ticket)
    .execute();
  const { letter = null, ...why } = author;
  await recordEvent(trx, ticket, { kind: field, was, became: value, ...why }, at, letter);
  return was;
}
