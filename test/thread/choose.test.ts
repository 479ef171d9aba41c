import { describe, expect, test } from '@jest/globals';
import type { Ticket } from '../../src/desk/tickets.ts';
import { chooseThread, type ThreadHits } from '../../src/thread/choose.ts';
import { threadKeys } from '../../src/thread/keys.ts';
import { makeOwnId } from '../../src/thread/own-id.ts';
import { makeReplyAddress, personMark } from '../../src/thread/reply-address.ts';
import { MARKS } from '../support/desk.ts';
import { letter } from '../support/letter.ts';

const IVAN = 'ivan@client.example';
const OLGA = 'olga@elsewhere.example';

const ticket = (id: number, number: string, participants: readonly string[]): Ticket => ({
  id,
  number,
  state: 'open',
  stateSince: 0,
  subject: '',
  requester: participants[0] ?? '',
  language: 'ru',
  level: 'free',
  critical: 'no',
  assignee: null,
  dueAt: null,
  participants,
});

const SIGNED = makeOwnId(MARKS.keys, MARKS.messageIdHost, 'ack', '10008', 'random0001');
const UNSIGNED = 'kvitok.ack.10008.random0002.aaaaaaaaaaaaaaaa@kvitok.desk.example';
const LETTER = 'letter.olga@elsewhere.example';
const HITS: ThreadHits = {
  tickets: new Map([
    [1000, ticket(1000, '10008', [IVAN])],
    [1001, ticket(1001, '10019', [OLGA])],
  ]),
  byMessageId: new Map([
    [UNSIGNED, { ticket: 1000, ours: true }],
    [LETTER, { ticket: 1001, ours: false }],
  ]),
};
const REPLY = makeReplyAddress(MARKS.keys, MARKS.address, {
  reader: 'customer',
  ticket: 1000,
  about: 1,
  person: personMark(IVAN),
});

interface Claims {
  readonly subject?: string;
  readonly references?: string;
  readonly to?: string;
  readonly companies?: readonly string[];
  readonly machine?: boolean;
  readonly disowned?: boolean;
}

function choose(
  {
    subject = 'Printer',
    references,
    to = 'support@desk.example',
    companies = [],
    machine = false,
    disowned = false,
  }: Claims,
  identity: string | null,
) {
  const message = letter({ subject, to, headers: references === undefined ? [] : [['References', `<${references}>`]] });
  const keys = threadKeys({ message, envelope: { from: null, to: [] }, bounced: null }, MARKS);
  const match = chooseThread(keys, HITS, { identity, company: new Set(companies), machine, disowned });
  return match && `${match.ticket.number} by ${match.by}, ${match.entitled}`;
}

describe('a letter belongs', () => {
  test('to the ticket whose signed reply address it was sent to, whoever writes and however the address was folded', () => {
    expect(choose({ to: REPLY }, OLGA)).toBe('10008 by reply-address, signed');
    expect(choose({ to: REPLY.toUpperCase() }, OLGA)).toBe('10008 by reply-address, signed');
  });
  test('to the ticket of the acknowledgement it answers, whoever answers: nobody else can know that Message-ID', () => {
    expect(choose({ references: SIGNED }, OLGA)).toBe('10008 by our-message-id, signed');
  });
  test('to the ticket whose tag its participant writes', () => {
    expect(choose({ subject: 'Re: [#10008] Printer' }, IVAN)).toBe('10008 by tag, participant');
  });
  test('to the ticket it may write to, where its tag names a foreign one', () => {
    expect(choose({ subject: '[#10019] Printer', references: SIGNED }, IVAN)).toBe('10008 by our-message-id, signed');
  });
  test('to the first of two tags that its writer may write to', () => {
    expect(choose({ subject: '[#10019] [#10008] both' }, IVAN)).toBe('10008 by tag, participant');
  });
  test('to the ticket of a letter it refers to, for a participant', () => {
    expect(choose({ references: LETTER }, OLGA)).toBe('10019 by reference, participant');
  });
  test("to a colleague's ticket, where the desk says that their company shares its tickets", () => {
    const claims = { subject: '[#10008] Printer' };
    expect(choose({ ...claims, companies: ['client.example'] }, 'boss@client.example')).toBe('10008 by tag, company');
    expect(choose(claims, 'boss@client.example')).toBe('10008 by tag, null');
  });
});

describe('a stranger', () => {
  test.each([
    ['who writes the tag of a ticket', { subject: 'Re: [#10008] Printer' }, OLGA],
    ["who refers to a customer's letter", { references: LETTER }, IVAN],
    [
      'who made a Message-ID up that looks like ours',
      { references: 'kvitok.ack.10008.random9999.bbbbbbbbbbbbbbbb@kvitok.desk.example', subject: '[#10008]' },
      OLGA,
    ],
    ['who refers to a Message-ID of ours that a lost key signed', { references: UNSIGNED }, OLGA],
    ['whose From is shown to be false, though he has an address that was signed', { to: REPLY, disowned: true }, IVAN],
    ['without a valid From', { subject: '[#10008] Printer' }, null],
    [
      'of a company that shares its own tickets, not these',
      { subject: '[#10008] Printer', companies: ['elsewhere.example'] },
      OLGA,
    ],
  ])('%s has no right to it', (_who, claims, author) => {
    expect(choose(claims, author)).toMatch(/, null$/);
  });

  test('with one character of the token changed has named nothing', () => {
    const forged = REPLY.replace(/\+(.)/, (_all, first: string) => `+${first === 'a' ? 'b' : 'a'}`);
    expect(choose({ to: forged }, OLGA)).toBeNull();
  });
});

const TOLD = makeOwnId(MARKS.keys, MARKS.messageIdHost, 'notification', '10008', 'random0003');
const DESK_REPLY = makeReplyAddress(MARKS.keys, MARKS.address, {
  reader: 'operator',
  ticket: 1000,
  about: 1,
  person: personMark('anna@desk.example'),
});

describe('what was written to an operator', () => {
  test.each([
    ['its Message-ID', { references: TOLD }],
    ['its signed address', { to: DESK_REPLY }],
  ])('gives nobody else a right to the ticket, by %s', (_what, claims) => {
    expect(choose(claims, OLGA)).toMatch(/10008 by .*, null$/);
    expect(choose(claims, IVAN)).toMatch(/10008 by .*, participant$/);
  });
  test('is what a delivery report or an automatic answer to it belongs by', () => {
    expect(choose({ references: TOLD, machine: true }, null)).toBe('10008 by our-message-id, signed');
  });
});

test('a lost key is an ordinary event: participants still thread by Message-IDs of ours', () => {
  expect(choose({ references: UNSIGNED }, IVAN)).toBe('10008 by our-message-id, participant');
});

test('a letter that names nothing of ours belongs nowhere', () => {
  expect(choose({ subject: 'Order #12345', references: 'unknown@client.example' }, IVAN)).toBeNull();
});

test('a delivery report names the letter that bounced', () => {
  const envelope = { from: '', to: [] };
  const keys = threadKeys({ message: letter({ subject: 'failed' }), envelope, bounced: SIGNED }, MARKS);
  expect(keys).toEqual([{ kind: 'message-id', messageId: SIGNED, own: { kind: 'ack', ticket: 1000 } }]);
});
