// What a letter gets by coming from a client of the register.

import { expect, test } from '@jest/globals';
import { decide } from '../../src/decide/decide.ts';
import type { Client } from '../../src/desk/clients/client.ts';
import { saveClients } from '../../src/store/clients.ts';
import { caseOf } from '../support/case.ts';
import { withDesk } from '../support/desk.ts';

const LUCH: Client = {
  id: 7,
  key: '17',
  name: 'Луч',
  category: 'partner',
  edition: null,
  version: null,
  contractEnd: '2026-03-01',
  addresses: [],
  domains: ['client.example'],
};
const CURRENT = { ...LUCH, contractEnd: '2026-03-02' };

const opened = (c: ReturnType<typeof caseOf>) => decide(c).changes[0];

test("a partner's letter opens a ticket of theirs, on the last day of the contract as well", () => {
  expect(opened(caseOf({}, { client: CURRENT }))).toMatchObject({ client: 7, level: { level: 'partner' } });
});

test('a contract that ended yesterday leaves the ticket theirs and its level free', () => {
  expect(opened(caseOf({}, { client: LUCH }))).toMatchObject({ client: 7, level: { level: 'free' } });
});

test('a partner whose name is proven false in From is served as a stranger, and capped as one', () => {
  const proof = { result: 'fail', by: 'dmarc', evidence: 'dmarc=fail' } as const;
  expect(opened(caseOf({ proof }, { client: CURRENT }))).toMatchObject({ client: null, level: { level: 'free' } });
});

test('a client who writes more than a stranger may is answered twenty times an hour and no more', () => {
  const sent = (n: number) => ({ toAddressHour: n, toAddressDay: n, toDomainHour: n, onTicketHour: 0 });
  expect(decide(caseOf({}, { sent: sent(19) })).silence).toMatch(/this hour/);
  expect(decide(caseOf({}, { sent: sent(19), client: CURRENT })).silence).toBeNull();
  expect(decide(caseOf({}, { sent: sent(20), client: CURRENT })).silence).toMatch(/this hour/);
  expect(decide(caseOf({}, { sent: { ...sent(0), toAddressDay: 100 }, client: CURRENT })).silence).toMatch(/this day/);
});

test('a colleague of the register lands in the ticket that he names; a stranger and a colleague of a mail provider do not', () =>
  withDesk(async (desk) => {
    const { key, name, category, edition, version, contractEnd, addresses, domains } = CURRENT;
    const luch = { key, name, category, edition, version, contractEnd, addresses, domains };
    const shop = { ...luch, key: '18', domains: [], addresses: ['a@mail.ru'] };
    await saveClients(desk.store.db, [luch, shop], 0);
    await desk.hand({ from: 'irina@client.example', messageId: '1@client.example' });
    await desk.hand({ from: 'a@mail.ru', messageId: '2@mail.ru' });
    await desk.workOff();
    await desk.hand(
      { from: 'olga@client.example', subject: '[#10008] more', messageId: '3@client.example' },
      { from: 'olga@elsewhere.example', subject: '[#10008] more', messageId: '4@elsewhere.example' },
      { from: 'b@mail.ru', subject: '[#10019] more', messageId: '5@mail.ru' },
    );
    await desk.workOff();
    expect(await desk.fates()).toEqual(['opened', 'opened', 'appended', 'opened', 'opened']);
    const tickets = await desk.store.db.selectFrom('tickets').select(['level', 'client_id']).orderBy('id').execute();
    expect(tickets).toMatchObject([
      { level: 'partner', client_id: 1 },
      { level: 'partner', client_id: 2 },
      { level: 'free', client_id: null },
      { level: 'free', client_id: null },
    ]);
  }));
