// What a desk needs that answers: level, assignee and deadline of a ticket, its history, the clocks of unanswered letters;
// and letters that leave without belonging to a ticket.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const desk: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('tickets')
      .addColumn('level', 'text', (c) => c.notNull().defaultTo('free'))
      .execute();
    await db.schema
      .alterTable('tickets')
      .addColumn('level_because', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('tickets')
      .addColumn('critical', 'text', (c) => c.notNull().defaultTo('no'))
      .execute();
    await db.schema.alterTable('tickets').addColumn('assignee', 'text').execute();
    await db.schema.alterTable('tickets').addColumn('due_at', 'bigint').execute();
    await sql`create index tickets_due on tickets (due_at) where due_at is not null`.execute(db);

    await db.schema
      .createTable('events')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('ticket_id', 'bigint', (c) => c.notNull().references('tickets.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('by_whom', 'text', (c) => c.notNull())
      .addColumn('was', 'text')
      .addColumn('became', 'text')
      .addColumn('because', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema.createIndex('events_ticket').on('events').columns(['ticket_id', 'id']).execute();
    await db.schema.createIndex('events_at').on('events').columns(['kind', 'at']).execute();

    await db.schema
      .createTable('clocks')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('ticket_id', 'bigint', (c) => c.notNull().references('tickets.id'))
      .addColumn('entry_id', 'integer', (c) => c.notNull().unique().references('entries.id'))
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('stopped_at', 'bigint')
      .addColumn('stopped_because', 'text')
      .addColumn('warned_at', 'bigint')
      .addColumn('missed_at', 'bigint')
      .execute();
    await db.schema.createIndex('clocks_ticket').on('clocks').column('ticket_id').execute();
    await sql`create index clocks_open on clocks (due_at) where stopped_at is null`.execute(db);

    await outboxWithoutTicket(db);
  },
};

/** SQLite takes a NOT NULL away only by making the table anew. */
async function outboxWithoutTicket(db: Kysely<unknown>): Promise<void> {
  for (const index of ['queued', 'sending', 'recipient', 'domain', 'ticket', 'settled']) {
    await db.schema.dropIndex(`outbox_${index}`).execute();
  }
  await db.schema.alterTable('outbox').renameTo('outbox_before').execute();
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('dedup_key', 'text', (c) => c.notNull().unique())
    .addColumn('message_id', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'bigint', (c) => c.references('tickets.id'))
    .addColumn('letter_id', 'bigint', (c) => c.references('letters.id'))
    .addColumn('entry_id', 'integer', (c) => c.references('entries.id'))
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('recipient_domain', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await sql`insert into outbox (id, dedup_key, message_id, kind, form, ticket_id, letter_id, recipient, recipient_domain, model,
    state, attempts, not_before, lease_owner, lease_until, last_error, created_at, settled_at)
    select id, dedup_key, message_id, kind, form, ticket_id, letter_id, recipient, recipient_domain, model,
    state, attempts, not_before, lease_owner, lease_until, last_error, created_at, settled_at from outbox_before`.execute(
    db,
  );
  await db.schema.dropTable('outbox_before').execute();
  await sql`create index outbox_queued on outbox (not_before) where state = 'queued'`.execute(db);
  await sql`create index outbox_sending on outbox (lease_owner) where state = 'sending'`.execute(db);
  await db.schema.createIndex('outbox_recipient').on('outbox').columns(['recipient', 'created_at']).execute();
  await db.schema.createIndex('outbox_domain').on('outbox').columns(['recipient_domain', 'created_at']).execute();
  await db.schema.createIndex('outbox_ticket').on('outbox').columns(['ticket_id', 'created_at']).execute();
  await db.schema.createIndex('outbox_settled').on('outbox').columns(['kind', 'settled_at']).execute();
}
