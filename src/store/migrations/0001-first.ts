// The tables a desk begins with: letters, tickets, entries, what leaves.

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('letters')
      .addColumn('id', 'bigint', (c) => c.primaryKey())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('message_id', 'text')
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('lease_until', 'bigint')
      .addColumn('not_before', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('error', 'text')
      .addColumn('disposition', 'text')
      .addColumn('because', 'text')
      .addColumn('ticket_id', 'bigint')
      .addColumn('same_as', 'bigint')
      .addColumn('author', 'text')
      .addColumn('subject', 'text')
      .addColumn('kind', 'text')
      .addColumn('rule', 'text')
      .addColumn('evidence', 'text')
      .addColumn('silence', 'text')
      .addColumn('path', 'text')
      .addColumn('dealt_at', 'bigint')
      .execute();
    await db.schema.createIndex('letters_digest').on('letters').column('digest').execute();
    await db.schema.createIndex('letters_ticket').on('letters').column('ticket_id').execute();
    await sql`create index letters_in_work on letters (not_before) where disposition is null`.execute(db);

    await db.schema
      .createTable('tickets')
      .addColumn('id', 'bigint', (c) => c.primaryKey())
      .addColumn('number', 'text', (c) => c.notNull().unique())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('requester', 'text', (c) => c.notNull())
      .addColumn('requester_name', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('related_to', 'bigint', (c) => c.references('tickets.id'))
      .addColumn('merged_into', 'bigint', (c) => c.references('tickets.id'))
      .addColumn('opened_at', 'bigint', (c) => c.notNull())
      .addColumn('state_since', 'bigint', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('tickets_state').on('tickets').columns(['state', 'opened_at']).execute();
    await db.schema.createIndex('tickets_requester').on('tickets').column('requester').execute();

    await db.schema
      .createTable('entries')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('ticket_id', 'bigint', (c) => c.notNull().references('tickets.id'))
      .addColumn('letter_id', 'bigint', (c) => c.unique().references('letters.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('author_name', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('reply', 'text', (c) => c.notNull())
      .addColumn('quoted', 'text', (c) => c.notNull())
      .addColumn('proof', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('entries_ticket').on('entries').columns(['ticket_id', 'id']).execute();

    await db.schema
      .createTable('participants')
      .addColumn('ticket_id', 'bigint', (c) => c.notNull().references('tickets.id'))
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('because', 'text', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('participants_pk', ['ticket_id', 'address'])
      .execute();

    await db.schema
      .createTable('message_ids')
      .addColumn('message_id', 'text', (c) => c.notNull())
      .addColumn('ticket_id', 'bigint', (c) => c.notNull().references('tickets.id'))
      .addColumn('ours', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('message_ids_pk', ['message_id', 'ticket_id'])
      .execute();

    await db.schema
      .createTable('settings')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();

    await db.schema
      .createTable('suspensions')
      .addColumn('address', 'text', (c) => c.primaryKey())
      .addColumn('because', 'text', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .execute();

    await db.schema
      .createTable('attachments')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('entry_id', 'integer', (c) => c.notNull().references('entries.id'))
      .addColumn('letter_id', 'bigint', (c) => c.notNull().references('letters.id'))
      .addColumn('path', 'text', (c) => c.notNull())
      .addColumn('filename', 'text', (c) => c.notNull())
      .addColumn('content_type', 'text', (c) => c.notNull())
      .addColumn('size', 'bigint', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('type', 'text')
      .addColumn('verdict', 'text', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('detail', 'text')
      .addColumn('inlined', 'integer', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('attachments_entry').on('attachments').column('entry_id').execute();

    await db.schema
      .createTable('outbox')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('dedup_key', 'text', (c) => c.notNull().unique())
      .addColumn('message_id', 'text', (c) => c.notNull().unique())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('form', 'text', (c) => c.notNull())
      .addColumn('ticket_id', 'bigint', (c) => c.notNull().references('tickets.id'))
      .addColumn('letter_id', 'bigint', (c) => c.references('letters.id'))
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
    await sql`create index outbox_queued on outbox (not_before) where state = 'queued'`.execute(db);
    await sql`create index outbox_sending on outbox (lease_owner) where state = 'sending'`.execute(db);
    await db.schema.createIndex('outbox_recipient').on('outbox').columns(['recipient', 'created_at']).execute();
    await db.schema.createIndex('outbox_domain').on('outbox').columns(['recipient_domain', 'created_at']).execute();
    await db.schema.createIndex('outbox_ticket').on('outbox').columns(['ticket_id', 'created_at']).execute();
    await db.schema.createIndex('outbox_settled').on('outbox').columns(['kind', 'settled_at']).execute();
  },
};
