// What people write into a register of clients, cell by cell.

import { expect, test } from '@jest/globals';
import { type ClientFacts, categoryToday, clientLine } from '../../../src/desk/clients/client.ts';
import { type ClientField, columnsOf } from '../../../src/desk/clients/columns.ts';
import { companyOf } from '../../../src/desk/clients/company.ts';
import { planLines } from '../../../src/desk/clients/plan.ts';
import { type DomainRules, readValue } from '../../../src/desk/clients/values.ts';
import { isPublicProvider, organisation } from '../../../src/proof/organisation.ts';

const RULES: DomainRules = {
  isPublic: isPublicProvider,
  isHeld: (domain) => organisation(domain) !== null,
  ours: new Set(['support@desk.example']),
};

const luch: ClientFacts = {
  key: '17',
  name: 'ООО «Луч»',
  category: 'partner',
  edition: 'Премиум',
  version: '9.0',
  contractEnd: '2026-12-31',
  addresses: ['irina@luch.example'],
  domains: ['luch.example'],
};

test.each<readonly [ClientField, string, object]>([
  ['category', 'Партнёр', { category: 'partner' }],
  ['category', 'ПАРТНЕРСКАЯ', { category: 'partner' }],
  ['category', '', { category: 'free' }],
  ['category', 'бесплатная', { category: 'free' }],
  ['contractEnd', '31.01.2027', { contractEnd: '2027-01-31' }],
  ['contractEnd', '1.2.2027', { contractEnd: '2027-02-01' }],
  ['contractEnd', '2027-01-31', { contractEnd: '2027-01-31' }],
  ['contractEnd', '', { contractEnd: null }],
  ['addresses', 'Irina@Luch.example; <ivan@luch.example>', { addresses: ['irina@luch.example', 'ivan@luch.example'] }],
  ['addresses', 'почта@луч.рф', { addresses: ['почта@xn--k1aqm.xn--p1ai'] }],
  ['domains', 'https://www.Luch.example/, луч.рф', { domains: ['luch.example', 'xn--k1aqm.xn--p1ai'] }],
  ['domains', '', { domains: [] }],
  ['version', ' 9.0 ', { version: '9.0' }],
  ['edition', '', { edition: null }],
])('%s «%s» is understood', (field, written, value) => {
  expect(readValue(field, written, RULES)).toEqual({ value });
});

test.each<readonly [ClientField, string, RegExp]>([
  ['key', ' ', /key is empty/],
  ['category', 'золотой', /write free \(бесплатная\) or partner \(партнёр\)/],
  ['contractEnd', '31.02.2027', /write it as 31\.01\.2027/],
  ['contractEnd', '01/02/2027', /write it as/],
  ['addresses', 'irina', /no e-mail address/],
  ['addresses', 'Support@desk.example', /the desk itself/],
  ['domains', 'mail.ru', /anybody may have an address at mail\.ru.*list the client's addresses/],
  ['domains', 'corp.mail.ru', /anybody/],
  ['domains', 'gmail.com', /anybody/],
  ['domains', 'com.ru', /belongs to no one client/],
  ['domains', 'localhost', /belongs to no one client/],
  ['name', 'я'.repeat(201), /longer than 200/],
])('%s «%s» is refused, and what to write is said', (field, written, problem) => {
  expect(readValue(field, written, RULES)).toEqual({ problems: [expect.stringMatching(problem)] });
});

test('every wrong address of a cell is told', () => {
  expect(readValue('addresses', 'a, b@luch.example, c', RULES)).toMatchObject({
    problems: [expect.stringContaining('"a"'), expect.stringContaining('"c"')],
  });
});

test('columns are known by their heads in either language, in any order and spelling', () => {
  expect(columnsOf(['E-mail', 'КАТЕГОРИЯ', 'Номер договора', 'Менеджер', 'contract_end'])).toEqual({
    fields: ['addresses', 'category', 'key', null, 'contractEnd'],
    unknown: ['Менеджер'],
    problems: [],
  });
  expect(columnsOf(['name', 'название']).problems).toEqual([
    expect.stringContaining('two columns are a name'),
    expect.stringContaining('no column is headed key (код)'),
  ]);
});

test('a line changes what it names, and what it does not name stays', () => {
  const plan = planLines([luch], [{ line: 2, values: { key: '17', category: 'free' } }]);
  expect(plan).toEqual({ created: [], updated: [{ ...luch, category: 'free' }], unchanged: 0, problems: [] });
});

test('a line that says what the register says changes nothing', () => {
  expect(planLines([luch], [{ line: 2, values: luch }])).toMatchObject({ created: [], updated: [], unchanged: 1 });
});

test('a new client without a name is called by its key', () => {
  expect(planLines([], [{ line: 2, values: { key: '18' } }]).created).toMatchObject([{ name: '18', category: 'free' }]);
});

test('two clients may not have one address or domain, two lines not one key', () => {
  const plan = planLines(
    [luch],
    [
      { line: 2, values: { key: '18', domains: ['luch.example'] } },
      { line: 3, values: { key: '19', addresses: ['x@y.example'] } },
      { line: 4, values: { key: '20', addresses: ['x@y.example'] } },
      { line: 5, values: { key: '19' } },
    ],
  );
  expect(plan.problems).toEqual([
    { line: 2, problem: 'luch.example belongs to client 17 already; leave it at one' },
    { line: 4, problem: 'x@y.example belongs to line 3, client 19 already; leave it at one' },
    { line: 5, problem: 'line 3 has the key 19 already; leave one of them' },
  ]);
});

test('an address may go from one client to another within one file', () => {
  const lines = [
    { line: 2, values: { key: '18', addresses: ['irina@luch.example'] } },
    { line: 3, values: { key: '17', addresses: [] } },
  ];
  expect(planLines([luch], lines).problems).toEqual([]);
});

test('a contract counts through its last day; then the client is served like everybody, and operators are told', () => {
  expect(categoryToday(luch, '2026-12-31')).toBe('partner');
  expect(categoryToday(luch, '2027-01-01')).toBe('free');
  expect(clientLine(luch, '2026-12-31', 'ru')).toBe('ООО «Луч», партнёр, 9.0, Премиум');
  expect(clientLine(luch, '2027-01-01', 'ru')).toBe(
    'ООО «Луч», бесплатная поддержка, 9.0, Премиум, договор закончился 31.12.2026',
  );
  expect(clientLine(luch, '2027-01-01', 'en')).toMatch(/free support, .*contract ended 2026-12-31$/);
  expect(clientLine(null, '2027-01-01', 'ru')).toBe('нет в реестре клиентов: бесплатная поддержка');
  expect(clientLine(null, '2027-01-01', 'en')).toBe('not in the client register: free support');
});

test('colleagues are those of the domains that the register or the configuration gives one company', () => {
  const two = { domains: ['luch.example', 'svet.example'] };
  const none = new Set<string>();
  expect(companyOf('a@luch.example', none, two)).toEqual(new Set(['luch.example', 'svet.example']));
  expect(companyOf('a@msk.luch.example', none, two)).toContain('msk.luch.example');
  expect(companyOf('a@mail.ru', none, { domains: [] })).toEqual(none);
  expect(companyOf('private@mail.ru', none, two)).toEqual(none);
  expect(companyOf('a@big.example', new Set(['big.example']), null)).toEqual(new Set(['big.example']));
  expect(companyOf(null, new Set(['big.example']), two)).toEqual(none);
});

test('a domain that an admin wrote among the addresses is named with the column it belongs to', () => {
  expect(readValue('addresses', '@luch.example', RULES)).toEqual({
    problems: ['"@luch.example" is a whole domain and no address; put luch.example into the column domains (домены)'],
  });
});
