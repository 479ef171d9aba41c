import { describe, expect, test } from '@jest/globals';
import type { Ticket } from '../../src/desk/tickets.ts';
import { chooseThread, type ThreadHits } from '../../src/thread/choose.ts';
import { threadKeys } from '../../src/thread/keys.ts';
import { letter } from '../support/letter.ts';

const IVAN = 'ivan@client.example';
const OLGA = 'olga@elsewhere.example';

const ticket = (id: number, number: string, participants: readonly string[]): Ticket => ({
  id,
  number,
  state: 'open',
  subject: '',
  requester: participants[0] ?? '',
  language: 'ru',
  participants,
});

const IVANS = ticket(1000, '10008', [IVAN]);
const OLGAS = ticket(1001, '10019', [OLGA]);
const HITS: ThreadHits = {
  tickets: new Map([
    [1000, IVANS],
    [1001, OLGAS],
  ]),
  byMessageId: new Map([
    ['ack.ivan@kvitok.desk.example', { ticket: 1000, ours: true }],
    ['letter.olga@elsewhere.example', { ticket: 1001, ours: false }],
  ]),
};

const choose = (subject: string, references: string | null, author: string | null) => {
  const headers = references === null ? [] : ([['References', references]] as const);
  const match = chooseThread(threadKeys(letter({ subject, headers }), null), HITS, author);
  return match && { number: match.ticket.number, by: match.by, entitled: match.entitled };
};

describe('a letter belongs', () => {
  test('to the ticket whose tag its participant writes', () => {
    expect(choose('Re: [#10008] Printer', null, IVAN)).toEqual({ number: '10008', by: 'tag', entitled: true });
  });
  test('to the ticket of the acknowledgement it answers, whoever answers: nobody else can know that Message-ID', () => {
    const match = choose('Printer', '<ack.ivan@kvitok.desk.example>', OLGA);
    expect(match).toEqual({ number: '10008', by: 'our-message-id', entitled: true });
  });
  test('to the ticket it may write to, where its tag names a foreign one', () => {
    expect(choose('[#10019] Printer', '<ack.ivan@kvitok.desk.example>', IVAN)?.number).toBe('10008');
  });
  test('to the first of two tags that its writer may write to', () => {
    expect(choose('[#10019] [#10008] both', null, IVAN)).toEqual({ number: '10008', by: 'tag', entitled: true });
  });
  test('to the ticket of a letter it refers to, for a participant', () => {
    expect(choose('Printer', '<letter.olga@elsewhere.example>', OLGA)?.by).toBe('reference');
  });
});

describe('a stranger', () => {
  test('who writes the tag of a ticket has no right to it', () => {
    expect(choose('[#10008] Printer', null, OLGA)).toEqual({ number: '10008', by: 'tag', entitled: false });
  });
  test("who refers to a customer's letter has no right to its ticket", () => {
    expect(choose('Printer', '<letter.olga@elsewhere.example>', IVAN)?.entitled).toBe(false);
  });
  test('without a valid From has no right to anything', () => {
    expect(choose('[#10008] Printer', null, null)?.entitled).toBe(false);
  });
});

test('a letter that names nothing of ours belongs nowhere', () => {
  expect(choose('Order #12345', '<unknown@client.example>', IVAN)).toBeNull();
});

test('a delivery report names the letter that bounced before anything else', () => {
  const keys = threadKeys(letter({ subject: '[#10019] failed' }), 'ack.ivan@kvitok.desk.example');
  expect(keys[0]).toEqual({ kind: 'message-id', messageId: 'ack.ivan@kvitok.desk.example' });
});
