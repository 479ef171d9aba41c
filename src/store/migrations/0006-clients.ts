// The register of clients, and what a ticket knows of its client and of its request (regulation §3.2, §4, §5).

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const clients: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('clients')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('key', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('category', 'text', (c) => c.notNull())
      .addColumn('edition', 'text')
      .addColumn('version', 'text')
      .addColumn('contract_end', 'text')
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('client_addresses')
      .addColumn('address', 'text', (c) => c.primaryKey())
      .addColumn('client_id', 'integer', (c) => c.notNull().references('clients.id'))
      .execute();
    await db.schema.createIndex('client_addresses_client').on('client_addresses').column('client_id').execute();
    await db.schema
      .createTable('client_domains')
      .addColumn('domain', 'text', (c) => c.primaryKey())
      .addColumn('client_id', 'integer', (c) => c.notNull().references('clients.id'))
      .execute();
    await db.schema.createIndex('client_domains_client').on('client_domains').column('client_id').execute();

    await db.schema
      .alterTable('tickets')
      .addColumn('client_id', 'integer', (c) => c.references('clients.id'))
      .execute();
    for (const name of ['category', 'category_state', 'site', 'version', 'edition']) {
      await db.schema.alterTable('tickets').addColumn(name, 'text').execute();
    }
    for (const name of ['steps', 'several_problems']) {
      await db.schema
        .alterTable('tickets')
        .addColumn(name, 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
    }
    await db.schema.createIndex('tickets_client').on('tickets').column('client_id').execute();
  },
};
