import { expect, test } from '@jest/globals';
import type { ClientFacts } from '../../src/desk/clients/client.ts';
import {
  assignClient,
  clientByKey,
  findClient,
  listClients,
  removeClient,
  saveClients,
  ticketClient,
} from '../../src/store/clients.ts';
import { eventsOf } from '../../src/store/events.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const client = (key: string, change: Partial<ClientFacts> = {}): ClientFacts => ({
  key,
  name: `client ${key}`,
  category: 'free',
  edition: null,
  version: null,
  contractEnd: null,
  addresses: [],
  domains: [],
  ...change,
});

test('a client is known by an address, by a domain, and by what lies below the domain, the nearest first', () =>
  withStore(async ({ db }) => {
    await saveClients(
      db,
      [
        client('1', { domains: ['luch.example'] }),
        client('2', { domains: ['shop.luch.example'] }),
        client('3', { addresses: ['guest@luch.example'] }),
      ],
      0,
    );
    const keyOf = async (address: string | null) => (await findClient(db, address))?.key ?? null;
    expect(await keyOf('irina@luch.example')).toBe('1');
    expect(await keyOf('irina@msk.luch.example')).toBe('1');
    expect(await keyOf('irina@a.shop.luch.example')).toBe('2');
    expect(await keyOf('guest@luch.example')).toBe('3');
    expect(await keyOf('irina@notluch.example')).toBeNull();
    expect(await keyOf(null)).toBeNull();
  }));

test('two clients that exchange an address in one go have it exchanged, and a client that is saved again keeps its place', () =>
  withStore(async ({ db }) => {
    await saveClients(
      db,
      [client('1', { addresses: ['a@x.example'] }), client('2', { addresses: ['b@x.example'] })],
      0,
    );
    const before = (await clientByKey(db, '1'))?.id;
    await saveClients(
      db,
      [client('1', { addresses: ['b@x.example'] }), client('2', { addresses: ['a@x.example'] })],
      1,
    );
    expect(await listClients(db)).toMatchObject([
      { id: before, key: '1', addresses: ['b@x.example'] },
      { key: '2', addresses: ['a@x.example'] },
    ]);
  }));

test('an operator says whose ticket it is; the next letter from that address is known, and the history says so', () =>
  withStore(async ({ db }) => {
    const ticket = await openTicket(db, 1, { requester: 'irina@mail.ru' });
    await saveClients(db, [client('17', { domains: ['luch.example'] })], 0);
    for (const named of ['17', 'olga@luch.example', 'luch.example']) {
      expect(await assignClient(db, { ticket, client: named, by: 'anna@desk.example' }, 5)).toMatchObject({
        key: '17',
      });
    }
    expect(await ticketClient(db, ticket)).toMatchObject({ key: '17' });
    expect(await findClient(db, 'irina@mail.ru')).toMatchObject({ key: '17' });
    expect(await eventsOf(db, ticket)).toMatchObject([
      { kind: 'client', was: null, became: '17', by_whom: 'anna@desk.example' },
    ]);
    expect(await assignClient(db, { ticket, client: 'nobody', by: 'anna@desk.example' }, 5)).toBeNull();
  }));

test("an address that is another client's is not taken from it", () =>
  withStore(async ({ db }) => {
    const ticket = await openTicket(db, 1, { requester: 'irina@mail.ru' });
    await saveClients(db, [client('1', { addresses: ['irina@mail.ru'] }), client('2')], 0);
    await assignClient(db, { ticket, client: '2', by: 'anna@desk.example' }, 5);
    expect(await ticketClient(db, ticket)).toMatchObject({ key: '2' });
    expect(await findClient(db, 'irina@mail.ru')).toMatchObject({ key: '1' });
  }));

test('a client that is taken out leaves its tickets', () =>
  withStore(async ({ db }) => {
    const ticket = await openTicket(db, 1);
    await saveClients(db, [client('1', { addresses: ['a@x.example'], domains: ['x.example'] })], 0);
    await assignClient(db, { ticket, client: '1', by: 'admin' }, 5);
    expect(await removeClient(db, '1')).toBe(1);
    expect(await ticketClient(db, ticket)).toBeNull();
    expect(await removeClient(db, '1')).toBeNull();
    expect(await findClient(db, 'a@x.example')).toBeNull();
  }));
