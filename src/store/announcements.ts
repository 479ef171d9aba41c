// Announcements: to whom, how far they are, and who wants no more of them.

import { createHash } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AnnouncementTexts, Audience } from '../desk/announcements/announcement.ts';
import type { Announcement, Skipped } from '../desk/announcements/recipients.ts';
import type { Language } from '../desk/tickets.ts';
import { prepared } from './prepared.ts';
import type { OutboxState, Tables } from './schema.ts';
import type { AnnouncementsTable } from './schema-announcements.ts';

/** Languages that people's latest tickets are in, by normalised address. */
export async function languagesOf(db: Kysely<Tables>): Promise<ReadonlyMap<string, Language>> {
  const rows = await db.selectFrom('tickets').select(['requester', 'language']).orderBy('id').execute();
  return new Map(rows.map((row) => [row.requester, row.language]));
}

/** People of a client that wrote, by the id of the client: a register often knows no more than a domain. */
export async function writersByClient(db: Kysely<Tables>): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await db
    .selectFrom('tickets')
    .select(['client_id', 'requester'])
    .distinct()
    .where('client_id', 'is not', null)
    .where('state', '!=', 'spam')
    .where('requester', '!=', '')
    .execute();
  const writers = new Map<number, string[]>();
  for (const { client_id, requester } of rows) writers.set(client_id!, [...(writers.get(client_id!) ?? []), requester]);
  return writers;
}

/** Addresses that letters of ours can't reach, and those that want no announcements. */
export async function silencedAddresses(db: Kysely<Tables>) {
  const suspended = await db.selectFrom('suspensions').select('address').execute();
  const unsubscribed = await db.selectFrom('unsubscribed').select('address').execute();
  const of = (rows: readonly { readonly address: string }[]) => new Set(rows.map(({ address }) => address));
  return { suspended: of(suspended), unsubscribed: of(unsubscribed) };
}

/** Writes an announcement down with everybody who gets it; from then on it is sent, whatever restarts. Gives its id. */
export async function createAnnouncement(
  trx: Kysely<Tables>,
  { audience, optional, texts, recipients, skipped }: Announcement,
  now: number,
): Promise<number> {
  const { id } = await trx
    .insertInto('announcements')
    .values({
      created_at: now,
      audience,
      optional: optional ? 1 : 0,
      texts: JSON.stringify(texts),
      skipped: JSON.stringify(skipped),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { address, language } of recipients)
    await trx.insertInto('announcement_recipients').values({ announcement_id: id, address, language }).execute();
  return id;
}

export interface StoredAnnouncement {
  readonly id: number;
  readonly createdAt: number;
  readonly audience: Audience;
  readonly optional: boolean;
  readonly texts: AnnouncementTexts;
  readonly skipped: Skipped;
}

/** Announcements, the newest first. */
export const listAnnouncements = async (db: Kysely<Tables>): Promise<readonly StoredAnnouncement[]> =>
  (await db.selectFrom('announcements').selectAll().orderBy('id', 'desc').execute()).map(storedOf);

/** One of them; null where there is none. */
export async function announcementById(db: Kysely<Tables>, id: number): Promise<StoredAnnouncement | null> {
  const row = await db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? storedOf(row) : null;
}

const storedOf = ({
  id,
  created_at,
  audience,
  optional,
  texts,
  skipped,
}: Selectable<AnnouncementsTable>): StoredAnnouncement => ({
  id,
  createdAt: created_at,
  audience,
  optional: optional === 1,
  texts: JSON.parse(texts) as AnnouncementTexts,
  skipped: JSON.parse(skipped) as Skipped,
});

/** Recipients whose letter is not in the outbox yet, at most `most`, the oldest announcement first. */
export const nextRecipients = (db: Kysely<Tables>, most: number) =>
  db
    .selectFrom('announcement_recipients')
    .innerJoin('announcements', 'announcements.id', 'announcement_recipients.announcement_id')
    .select(['announcement_id as announcement', 'address', 'language', 'optional'])
    .where('queued_at', 'is', null)
    .orderBy('announcement_id')
    .orderBy('address')
    .limit(most)
    .execute();

/** How many letters of announcements came into the outbox since a moment. */
export async function queuedSince(db: Kysely<Tables>, since: number): Promise<number> {
  const row = await db
    .selectFrom('announcement_recipients')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('queued_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Notes that a recipient's letter is in the outbox. */
export async function noteQueued(
  trx: Kysely<Tables>,
  announcement: number,
  address: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('announcement_recipients')
    .set({ queued_at: now })
    .where('announcement_id', '=', announcement)
    .where('address', '=', address)
    .execute();
}

/** The one name of a letter of an announcement: what is sent once has it. It does not tell whose it is, for it outlives the person's data. */
export const announcementKey = (announcement: number, address: string): string =>
  `announcement:${announcement}:${createHash('sha256').update(address).digest('hex').slice(0, 32)}`;

export interface AnnouncementProgress {
  /** Everybody who gets it. */
  readonly all: number;
  /** Not in the outbox yet. */
  readonly ahead: number;
  readonly states: Readonly<Partial<Record<OutboxState, number>>>;
  /** Whom it did not reach, and why. */
  readonly failed: readonly { readonly address: string; readonly error: string | null }[];
}

/** How far an announcement is. */
export async function progressOf(db: Kysely<Tables>, announcement: number): Promise<AnnouncementProgress> {
  const { all, ahead } = await db
    .selectFrom('announcement_recipients')
    .select((e) => [
      e.fn.countAll<number>().as('all'),
      sql<number>`sum(case when queued_at is null then 1 else 0 end)`.as('ahead'),
    ])
    .where('announcement_id', '=', announcement)
    .executeTakeFirstOrThrow();
  // every key of this announcement stands between its colon and the sign behind a colon
  const letters = db
    .selectFrom('outbox')
    .where('dedup_key', '>=', `announcement:${announcement}:`)
    .where('dedup_key', '<', `announcement:${announcement};`);
  const states = await letters
    .select((e) => ['state', e.fn.countAll<number>().as('n')])
    .groupBy('state')
    .execute();
  const failed = await letters
    .select(['recipient', 'last_error'])
    .where('state', 'in', ['failed', 'unknown'])
    .execute();
  return {
    all: Number(all),
    ahead: Number(ahead ?? 0),
    states: Object.fromEntries(states.map(({ state, n }) => [state, Number(n)])),
    failed: failed.map(({ recipient, last_error }) => ({ address: recipient, error: last_error })),
  };
}

/** Whether an address was ever sent an announcement. */
export async function wasAnnouncedTo(db: Kysely<Tables>, address: string | null): Promise<boolean> {
  return address !== null && (await announcedTo(db, { address })).rows.length > 0;
}

const announcedTo = prepared((db, { address }: { readonly address: string }) =>
  db.selectFrom('announcement_recipients').select('announcement_id').where('address', '=', address).limit(1),
);

/** An address wants no more optional announcements. */
export async function unsubscribe(trx: Kysely<Tables>, address: string, now: number): Promise<void> {
  await trx
    .insertInto('unsubscribed')
    .values({ address, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
