import { describe, expect, test } from '@jest/globals';
import { identity, lenientMailboxes, strictMailbox } from '../../src/mail/address.ts';
import { cpuMs } from '../support/cpu.ts';

const bytes = (text: string): string => Buffer.from(text).toString('latin1');

describe('who a letter is from, by the strict grammar', () => {
  test.each([
    ['Ivan <ivan@Client.Example>', 'Ivan', 'ivan@client.example'],
    ['ivan@client.example', '', 'ivan@client.example'],
    ['ivan@client.example (Ivan Petrov)', 'Ivan Petrov', 'ivan@client.example'],
    ['"Petrov, Ivan" <Ivan.P@client.example.>', 'Petrov, Ivan', 'Ivan.P@client.example'],
    ['Petrov, Ivan <ivan@client.example>', 'Petrov, Ivan', 'ivan@client.example'],
    ['ivan@client.example <IVAN@client.example>', 'ivan@client.example', 'IVAN@client.example'],
    ['"ivan"@client.example', '', 'ivan@client.example'],
    ['Ivan <ivan@client . example>', 'Ivan', 'ivan@client.example'],
    ['<ivan@mail. client .example>', '', 'ivan@mail.client.example'],
    ['ivan@client .\texample (Ivan)', 'Ivan', 'ivan@client.example'],
    [bytes('<иван@почта.рф>'), '', 'иван@xn--80a1acny.xn--p1ai'],
    ['<cron@localhost>', '', 'cron@localhost'],
    ['=?utf-8?Q?olga@victim.example?= <ivan@client.example>', '=?utf-8?Q?olga@victim.example?=', 'ivan@client.example'],
  ])('%s is one person', (value, name, address) => {
    expect(strictMailbox(value)).toEqual({ name, address });
  });

  test.each([
    ['a group is nobody', 'Team: ivan@client.example;'],
    ['a group of one is nobody', 'Team:ivan@client.example;'],
    ['two people are nobody', 'ivan@client.example, anna@desk.example'],
    ['two brackets are nobody', '<ivan@client.example> <anna@desk.example>'],
    ['a route is nobody', '<@desk.example:ivan@client.example>'],
    ['a comment inside the address is nobody', 'anna(x)@desk.example'],
    ['blanks inside the address are nobody', 'anna @desk.example'],
    ['blanks round the dots of the name before @ are nobody', '<anna . serova@desk.example>'],
    ['a sentence that ends before the address is no part of it', 'Anna. anna@desk.example'],
    ['a word behind the address is no part of its domain', '<anna@desk .example serova>'],
    ['a comment between the dots is nobody', '<anna@desk(x).example>'],
    ['a comment between the dots without brackets is nobody', 'anna@desk(x) . example'],
    ['an encoded word is no local part', '=?utf-8?Q?anna?=@desk.example'],
    ['another address as the name is nobody', 'anna@desk.example <mallory@evil.example>'],
    ['an address hidden in quotes is nobody', '"olga@victim.example x"@evil.example'],
    ['an empty local part is nobody', '<""@evil.example>'],
    ['a name that ends in a number is no domain', 'ivan@192.0.2.1'],
    ['an address literal is no domain', 'ivan@[192.0.2.1]'],
    ['a domain that the URL parser would rewrite is no domain', 'ivan@client%2eexample'],
    ['a label over 63 characters is no domain', `ivan@${'a'.repeat(64)}.example`],
    ['a local part over 64 characters is nobody', `${'a'.repeat(65)}@client.example`],
    ['an unclosed bracket is nobody', 'Anna <anna@desk.example'],
    ['an unclosed quote is nobody', '"Anna <anna@desk.example>'],
    ['two dots are nobody', 'an..na@desk.example'],
    ['shell characters are nobody', '<$(touch$IFS/tmp/x)`id`|sh@evil.example>'],
    ['nothing is nobody', ''],
  ])('%s', (_, value) => {
    expect(strictMailbox(value)).toBeNull();
  });

  test('50,000 nested comments are read in one pass and make nobody an author', () => {
    const started = cpuMs();
    const nested = (depth: number) => `${'('.repeat(depth)}x${')'.repeat(depth)} ivan@client.example`;
    expect(strictMailbox(nested(50_000))).toBeNull();
    expect(lenientMailboxes(nested(50_000), 9)[0]?.address).toBe('ivan@client.example');
    expect(strictMailbox(nested(3))?.address).toBe('ivan@client.example');
    expect(cpuMs() - started).toBeLessThan(500);
  });
});

describe('one mailbox has one identity', () => {
  test.each([
    ['Ivan@CLIENT.example', 'ivan@client.example'],
    ['ivan@client.example.', 'ivan@client.example'],
    ['"ivan"@client.example', 'ivan@client.example'],
    ['Иван@ПОЧТА.рф', 'иван@xn--80a1acny.xn--p1ai'],
    ['иван@xn--80a1acny.xn--p1ai', 'иван@xn--80a1acny.xn--p1ai'],
  ])('%s is %s', (address, same) => {
    expect(identity(address)).toBe(same);
  });

  test('a Cyrillic look-alike of a domain is another domain', () => {
    expect(identity('anna@d\u0435sk.example')).not.toBe(identity('anna@desk.example'));
  });

  test.each(['', 'anna', '@desk.example', 'anna@', 'a b@desk.example', 'anna@desk .example', '<anna@desk.example>'])(
    '%p is no address',
    (address) => expect(identity(address)).toBeNull(),
  );
});

describe('what an operator is shown of an address field', () => {
  test('every member of a list and of a group, comments as names', () => {
    expect(lenientMailboxes('Team: "A, B" <a@x.example>, c@x.example (C); d@x.example', 100)).toEqual([
      { name: 'A, B', address: 'a@x.example' },
      { name: 'C', address: 'c@x.example' },
      { name: '', address: 'd@x.example' },
    ]);
  });

  test('a name without an address, an address without a bracket, a route without its hosts', () => {
    expect(lenientMailboxes('Ivan Petrov', 9)).toEqual([{ name: 'Ivan Petrov', address: '' }]);
    expect(lenientMailboxes('Ivan <ivan@client.example', 9)).toEqual([
      { name: 'Ivan', address: 'ivan@client.example' },
    ]);
    expect(lenientMailboxes('<@a.example,@b.example:ivan@client.example>', 9)).toEqual([
      { name: '', address: 'ivan@client.example' },
    ]);
  });

  test('an address inside the quotes of another stays inside them', () => {
    expect(lenientMailboxes('<"olga@victim.example x"@evil.example>', 9)[0]?.address).toBe(
      '"olga@victim.example x"@evil.example',
    );
  });

  test('undisclosed recipients are nobody', () => {
    expect(lenientMailboxes('undisclosed-recipients:;', 9)).toEqual([]);
  });

  test('no more of them than the limit says', () => {
    expect(lenientMailboxes('a@x.example,'.repeat(1000), 100)).toHaveLength(100);
  });

  test('5,000 nested groups are read in one pass', () => {
    expect(lenientMailboxes(`${'a:'.repeat(5000)}ivan@client.example${';'.repeat(5000)}`, 9)).toEqual([
      { name: '', address: 'ivan@client.example' },
    ]);
  });
});
