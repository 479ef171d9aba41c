// The register of clients: who a writer is, and what an admin or an operator changes in it.

import type { Kysely, Selectable } from 'kysely';
import type { Client, ClientCategory, ClientFacts } from '../desk/clients/client.ts';
import { recordEvent } from './events.ts';
import { prepared } from './prepared.ts';
import type { ClientsTable, Tables } from './schema.ts';

/**
 * Whose address this is: the client that has it, else the one that has its domain or the nearest above it. Takes a
 * normalised address; null where the register knows nothing of it.
 */
export async function findClient(db: Kysely<Tables>, address: string | null): Promise<Client | null> {
  if (address === null) return null;
  const [known] = (await ownerOfAddress(db, { address })).rows;
  if (known) return clientById(db, known.client_id);
  for (const domain of domainsAbove(address.slice(address.lastIndexOf('@') + 1))) {
    const [owner] = (await ownerOfDomain(db, { domain })).rows;
    if (owner) return clientById(db, owner.client_id);
  }
  return null;
}

const ownerOfAddress = prepared((db, { address }: { address: string }) =>
  db.selectFrom('client_addresses').select('client_id').where('address', '=', address),
);
const ownerOfDomain = prepared((db, { domain }: { domain: string }) =>
  db.selectFrom('client_domains').select('client_id').where('domain', '=', domain),
);

/** `a.b.ru` and `b.ru` for `a.b.ru`, the nearest first. */
function domainsAbove(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
}

async function clientById(db: Kysely<Tables>, id: number): Promise<Client | null> {
  const row = await db.selectFrom('clients').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? ((await withMarks(db, [row]))[0] ?? null) : null;
}

/** The client with this key; null where there is none. */
export async function clientByKey(db: Kysely<Tables>, key: string): Promise<Client | null> {
  const row = await db.selectFrom('clients').selectAll().where('key', '=', key).executeTakeFirst();
  return row ? ((await withMarks(db, [row]))[0] ?? null) : null;
}

/** The client of a ticket; null where the register does not know its requester. */
export async function ticketClient(db: Kysely<Tables>, ticket: number): Promise<Client | null> {
  const row = await db.selectFrom('tickets').select('client_id').where('id', '=', ticket).executeTakeFirst();
  return row?.client_id == null ? null : clientById(db, row.client_id);
}

/** The register by key; `search` keeps those in whose key, name, addresses or domains it occurs. */
export async function listClients(
  db: Kysely<Tables>,
  filter: { readonly category?: ClientCategory; readonly search?: string } = {},
): Promise<readonly Client[]> {
  let query = db.selectFrom('clients').selectAll();
  if (filter.category) query = query.where('category', '=', filter.category);
  const clients = await withMarks(db, await query.orderBy('key').execute());
  const sought = filter.search?.toLowerCase();
  if (sought === undefined) return clients;
  return clients.filter(({ key, name, addresses, domains }) =>
    [key, name, ...addresses, ...domains].some((text) => text.toLowerCase().includes(sought)),
  );
}

/** Clients with their addresses and domains, in two look-ups however many they are. */
async function withMarks(db: Kysely<Tables>, rows: readonly Selectable<ClientsTable>[]): Promise<readonly Client[]> {
  if (rows.length === 0) return [];
  const one = rows.length === 1 ? rows[0]!.id : null;
  let addresses = db.selectFrom('client_addresses').selectAll().orderBy('address');
  let domains = db.selectFrom('client_domains').selectAll().orderBy('domain');
  if (one !== null) {
    addresses = addresses.where('client_id', '=', one);
    domains = domains.where('client_id', '=', one);
  }
  const addressesOf = Map.groupBy(await addresses.execute(), (row) => row.client_id);
  const domainsOf = Map.groupBy(await domains.execute(), (row) => row.client_id);
  return rows.map(({ id, key, name, category, edition, version, contract_end }) => ({
    id,
    key,
    name,
    category,
    edition,
    version,
    contractEnd: contract_end,
    addresses: (addressesOf.get(id) ?? []).map((row) => row.address),
    domains: (domainsOf.get(id) ?? []).map((row) => row.domain),
  }));
}

/**
 * Writes clients as `planLines` made them: a key that is there is changed. `each` is called after every one of them. Throws
 * where an address or domain is another's.
 */
export async function saveClients(
  trx: Kysely<Tables>,
  clients: readonly ClientFacts[],
  now: number,
  each: () => void = () => {},
): Promise<void> {
  // all of them first: what one gives up another may take over
  for (const { key } of clients) await releaseMarks(trx, key);
  for (const client of clients) {
    await saveClient(trx, client, now);
    each();
  }
}

async function saveClient(trx: Kysely<Tables>, client: ClientFacts, now: number): Promise<void> {
  const { key, name, category, edition, version, contractEnd, addresses, domains } = client;
  const values = { name, category, edition, version, contract_end: contractEnd, changed_at: now };
  const { id } = await trx
    .insertInto('clients')
    .values({ key, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const address of addresses)
    await trx.insertInto('client_addresses').values({ address, client_id: id }).execute();
  for (const domain of domains) await trx.insertInto('client_domains').values({ domain, client_id: id }).execute();
}

async function releaseMarks(trx: Kysely<Tables>, key: string): Promise<void> {
  const id = trx.selectFrom('clients').select('id').where('key', '=', key);
  await trx.deleteFrom('client_addresses').where('client_id', '=', id).execute();
  await trx.deleteFrom('client_domains').where('client_id', '=', id).execute();
}

/** Takes a client out of the register; its tickets stay, and belong to no client. Gives how many, null where there is none of this key. */
export async function removeClient(trx: Kysely<Tables>, key: string): Promise<number | null> {
  const row = await trx.selectFrom('clients').select('id').where('key', '=', key).executeTakeFirst();
  if (!row) return null;
  const freed = await trx
    .updateTable('tickets')
    .set({ client_id: null })
    .where('client_id', '=', row.id)
    .executeTakeFirst();
  await releaseMarks(trx, key);
  await trx.deleteFrom('clients').where('id', '=', row.id).execute();
  return Number(freed.numUpdatedRows);
}

/**
 * Says whose ticket it is. Takes the client's key, or an address or domain of the register; the requester's address becomes
 * one of the client's where it is nobody's yet, so that the next letter is known. Gives the client, null where there is none.
 */
export async function assignClient(
  trx: Kysely<Tables>,
  { ticket, client: named, by }: { readonly ticket: number; readonly client: string; readonly by: string },
  now: number,
): Promise<Client | null> {
  const client =
    (await clientByKey(trx, named)) ?? (await findClient(trx, named.includes('@') ? named : `postmaster@${named}`));
  if (client === null) return null;
  const { requester, client_id } = await trx
    .selectFrom('tickets')
    .select(['requester', 'client_id'])
    .where('id', '=', ticket)
    .executeTakeFirstOrThrow();
  if (client_id === client.id) return client;
  const before = await ticketClient(trx, ticket);
  if (requester !== '' && (await findClient(trx, requester)) === null) {
    await trx.insertInto('client_addresses').values({ address: requester, client_id: client.id }).execute();
  }
  await trx.updateTable('tickets').set({ client_id: client.id, changed_at: now }).where('id', '=', ticket).execute();
  await recordEvent(
    trx,
    ticket,
    { kind: 'client', by, was: before?.key ?? null, became: client.key, because: '' },
    now,
  );
  return clientById(trx, client.id);
}
