import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/decide/case.ts';
import { decide } from '../../src/decide/decide.ts';
import type { TicketState } from '../../src/desk/tickets.ts';
import type { ThreadMatch } from '../../src/thread/choose.ts';
import { caseOf, NOW } from '../support/case.ts';
import { letter } from '../support/letter.ts';

const match = (entitled: boolean, state: TicketState = 'waiting', change: Partial<ThreadMatch> = {}): ThreadMatch => ({
  ticket: {
    id: 1000,
    number: '10008',
    state,
    stateSince: NOW,
    subject: 'Printer',
    requester: 'ivan@client.example',
    language: 'ru',
    participants: ['ivan@client.example'],
    level: 'free',
    critical: 'no',
    assignee: null,
    dueAt: null,
  },
  by: 'tag',
  evidence: '[#10008]',
  entitled: entitled ? 'participant' : null,
  ...change,
});

const kinds = (c: Case) => decide(c).changes.map((change) => change.kind);

describe("a person's letter", () => {
  test('opens a ticket with its writer as requester and gets the full acknowledgement, at From', () => {
    const decision = decide(caseOf({ message: letter({ headers: [['Reply-To', 'other@elsewhere.example']] }) }));
    expect(decision.disposition).toBe('opened');
    expect(decision.changes.map((change) => change.kind)).toEqual([
      'open-ticket',
      'add-participant',
      'append-entry',
      'remember-message-id',
      'start-clock',
    ]);
    expect(decision.responses).toMatchObject([
      { form: 'full', ticket: 'opened', to: { address: 'ivan@client.example' } },
    ]);
    expect(decision.silence).toBeNull();
  });

  test('to its ticket becomes an entry, opens the ticket that waited, and gets the brief acknowledgement', () => {
    const decision = decide(caseOf({}, { match: match(true) }));
    expect(decision.disposition).toBe('appended');
    expect(decision.changes).toContainEqual({
      kind: 'move-ticket',
      ticket: 1000,
      from: 'waiting',
      to: 'open',
      by: 'kvitok',
      because: 'the customer wrote',
    });
    expect(decision.responses).toMatchObject([{ form: 'brief', ticket: 1000 }]);
  });

  test("that names somebody else's ticket opens its own, linked, and changes nothing of the other", () => {
    const decision = decide(caseOf({}, { match: match(false) }));
    expect(decision.disposition).toBe('opened');
    expect(decision.changes[0]).toMatchObject({ kind: 'open-ticket', relatedTo: 1000 });
    expect(JSON.stringify(decision.responses)).not.toContain('10008');
    const touched = decision.changes.filter((change) => 'ticket' in change && change.ticket !== 'opened');
    expect(touched).toEqual([]);
  });

  test('in English is answered in English', () => {
    expect(decide(caseOf()).responses).toMatchObject([{ language: 'en' }]);
    const russian = letter({ subject: 'Принтер', text: 'Не печатает.\n' });
    expect(decide(caseOf({ message: russian })).responses).toMatchObject([{ language: 'ru' }]);
  });

  test('over the size limit opens a ticket and is asked for a smaller one', () => {
    expect(decide(caseOf({ oversize: 50_000_000 })).responses).toMatchObject([{ form: 'oversize' }]);
    expect(decide(caseOf({ oversize: 50_000_000 }, { match: match(true) })).responses).toMatchObject([
      { form: 'oversize' },
    ]);
  });
});

describe('there is a ticket but no acknowledgement, and the ticket says why,', () => {
  const silences: readonly [string, Case, RegExp][] = [
    ['when the return path is null', caseOf({ envelope: { from: '', to: [] } }), /return path/],
    [
      'when From holds two people',
      caseOf({ message: letter({ from: 'a@x.example, b@y.example' }) }),
      /no single valid/,
    ],
    [
      'when the domain of From is known to its own network alone',
      caseOf({ message: letter({ from: 'cron@localhost' }) }),
      /no dot/,
    ],
    ['when From is our own address', caseOf({ message: letter({ from: 'support@desk.example' }) }), /ours/],
    ['when the letter is four days old', caseOf({ receivedAt: NOW - 96 * 3_600_000 }), /96 hours/],
    ['when the source says so', caseOf({ silent: 'was in the mailbox before kvitok' }), /before kvitok/],
    [
      'when the address has had three within the hour, and the letter answers something',
      caseOf(
        { message: letter({ subject: 'Re: hello' }) },
        { sent: { toAddressHour: 3, toAddressDay: 3, toDomainHour: 0, onTicketHour: 0 } },
      ),
      /hour/,
    ],
    [
      'when the address has had ten within the day',
      caseOf({}, { sent: { toAddressHour: 0, toAddressDay: 10, toDomainHour: 0, onTicketHour: 0 } }),
      /day/,
    ],
    [
      'when only its words say that it is a vacation notice',
      caseOf({ classification: { kind: 'human', rule: 'vacation-words', evidence: 'я в отпуске' } }),
      /^its words look automatic \(vacation-words\)$/,
    ],
  ];
  test.each(silences)('%s', (_when, c, why) => {
    const decision = decide(c);
    expect(decision.disposition).toBe('opened');
    expect(decision.responses).toEqual([]);
    expect(decision.silence).toMatch(why);
  });
});

test('a second letter to a ticket within the hour is filed and not acknowledged again', () => {
  const decision = decide(
    caseOf({}, { match: match(true), sent: { toAddressHour: 1, toAddressDay: 1, toDomainHour: 0, onTicketHour: 1 } }),
  );
  expect(decision).toMatchObject({ disposition: 'appended', responses: [] });
});

test('whoever opens a resolved ticket again is told so, though the ticket was acknowledged within the hour', () => {
  const sent = { toAddressHour: 1, toAddressDay: 1, toDomainHour: 0, onTicketHour: 1 };
  const resolved = match(true);
  const again = { ...resolved, ticket: { ...resolved.ticket, state: 'resolved' } } as const;
  expect(decide(caseOf({}, { match: again, sent }))).toMatchObject({
    responses: [{ kind: 'acknowledgement', form: 'brief' }],
    silence: null,
  });
  const capped = decide(caseOf({}, { match: again, sent: { ...sent, toAddressHour: 3 } }));
  expect(capped).toMatchObject({ responses: [], silence: 'the address has had its letters for this hour' });
});

test('a desk that switched brief acknowledgements off sends none', () => {
  const base = caseOf();
  const rules = { ...base.rules, acknowledge: { ...base.rules.acknowledge, replies: false } };
  expect(decide({ ...base, rules, match: match(true) }).silence).toMatch(/not acknowledged here/);
});

describe('automatic mail', () => {
  const robot = (kind: 'auto-replied' | 'delivery-report' | 'own-mail' | 'list', m: ThreadMatch | null) =>
    caseOf({ classification: { kind, rule: 'auto-submitted', evidence: '' } }, { match: m });

  test('that names no ticket is set aside and opens none', () => {
    expect(decide(robot('auto-replied', null))).toMatchObject({ disposition: 'automatic', changes: [], responses: [] });
  });
  test('is filed on its ticket and moves nothing', () => {
    expect(kinds(robot('auto-replied', match(true, 'resolved')))).toEqual(['append-entry', 'remember-message-id']);
  });
  test('of a stranger who names a ticket is not filed there', () => {
    expect(kinds(robot('list', match(false)))).toEqual([]);
  });
  test('that reports a failed delivery is filed as such', () => {
    const decision = decide(robot('delivery-report', match(true)));
    expect(decision.disposition).toBe('bounce');
    expect(decision.changes[0]).toMatchObject({ kind: 'append-entry', entry: { kind: 'bounce' } });
  });
  test('of our own making that comes back opens nothing', () => {
    expect(decide(robot('own-mail', match(true)))).toMatchObject({ disposition: 'own', changes: [] });
  });
});

describe('to a resolved ticket', () => {
  test('a vacation notice that only its words betray is an entry and reopens nothing', () => {
    const classification = { kind: 'human', rule: 'vacation-words', evidence: 'я в отпуске' } as const;
    const decision = decide(caseOf({ classification }, { match: match(true, 'resolved') }));
    expect(decision).toMatchObject({ disposition: 'appended', responses: [] });
    expect(decision.changes.map(({ kind }) => kind)).toEqual(['append-entry', 'remember-message-id']);
  });

  test.each(['5\n', 'Спасибо!\n'])('nor is it a mark or thanks, whatever it says: %j', (text) => {
    const classification = { kind: 'human', rule: 'vacation-words', evidence: 'я в отпуске' } as const;
    const message = letter({ subject: 'Re: [#10008]', text });
    expect(decide(caseOf({ classification, message }, { match: match(true, 'resolved') })).changes).toMatchObject([
      { kind: 'append-entry', entry: { kind: 'customer' } },
      { kind: 'remember-message-id' },
    ]);
  });

  const resolved = match(true, 'resolved');
  const DAY = 86_400_000;
  const thanks = letter({ subject: 'Re: [#10008]', text: 'Спасибо, всё работает!\n' });

  test('a bare «спасибо» is filed as thanks and leaves it resolved', () => {
    const decision = decide(caseOf({ message: thanks }, { match: resolved }));
    expect(decision.changes).toMatchObject([
      { kind: 'append-entry', entry: { kind: 'thanks' } },
      { kind: 'remember-message-id' },
    ]);
  });
  test('anything else opens it again, however old it is', () => {
    const old = { ...resolved, ticket: { ...resolved.ticket, stateSince: NOW - 900 * DAY } };
    expect(kinds(caseOf({}, { match: old }))).toContain('move-ticket');
  });
  test('of a desk with reopenDays a late letter opens a new one, linked', () => {
    const base = caseOf();
    const old = { ...resolved, ticket: { ...resolved.ticket, stateSince: NOW - 31 * DAY } };
    const decision = decide({ ...base, match: old, rules: { ...base.rules, reopenDays: 30 } });
    expect(decision).toMatchObject({
      disposition: 'opened',
      changes: expect.arrayContaining([expect.objectContaining({ kind: 'open-ticket', relatedTo: 1000 })]),
    });
  });
});

describe('people in Cc', () => {
  const copied = letter({ cc: 'Boss <Boss@client.example>, support@desk.example' });
  const participants = (c: Case) =>
    decide(c).changes.flatMap((change) => (change.kind === 'add-participant' ? [change.address] : []));

  test('become participants where something proves the sender, our own address never', () => {
    const proof = { result: 'pass', by: 'dmarc', evidence: 'dmarc=pass' } as const;
    expect(participants(caseOf({ message: copied, proof }))).toEqual(['ivan@client.example', 'boss@client.example']);
  });
  test('are nobody where nothing does', () => {
    expect(participants(caseOf({ message: copied }))).toEqual(['ivan@client.example']);
  });
});

describe('no answer goes where it should not:', () => {
  const silences: readonly [string, Case, RegExp][] = [
    [
      'the return path is of another organisation',
      caseOf({ envelope: { from: 'x@bulk.example', to: [] } }),
      /another organisation/,
    ],
    [
      'the sender failed DMARC',
      caseOf({ proof: { result: 'fail', by: 'dmarc', evidence: 'dmarc=fail' } }),
      /not proven/,
    ],
    ['the writer wrote to himself', caseOf({ message: letter({ to: 'ivan@client.example' }) }), /sent to/],
    [
      'the mailbox forwards to itself',
      caseOf({
        message: letter({
          headers: [
            ['Delivered-To', 'a@desk.example'],
            ['Delivered-To', 'a@desk.example'],
          ],
        }),
      }),
      /circle/,
    ],
    [
      'the domain has had a hundred within the hour',
      caseOf({}, { sent: { ...caseOf().sent, toDomainHour: 100 } }),
      /domain/,
    ],
  ];
  test.each(silences)('%s', (_why, c, why) => expect(decide(c).silence).toMatch(why));

  test('but a return path of another organisation does not matter where From is proven', () => {
    const proof = { result: 'pass', by: 'dkim', evidence: 'dkim=pass' } as const;
    expect(decide(caseOf({ envelope: { from: 'x@bulk.example', to: [] }, proof })).silence).toBeNull();
  });
  test('nor does one of a subdomain, nor one that is not known', () => {
    expect(decide(caseOf({ envelope: { from: 'bounce@mail.client.example', to: [] } })).silence).toBeNull();
    expect(decide(caseOf({ envelope: { from: null, to: [] } })).silence).toBeNull();
  });
});

describe('a delivery report', () => {
  const report = {
    recipients: ['other@forwarded.example'],
    action: 'failed',
    status: '5.1.1',
    diagnostic: 'no such user',
    original: { messageId: 'x' },
  } as const;
  const bounced = (change: object, by: Partial<ThreadMatch> = { by: 'our-message-id', entitled: 'signed' }) =>
    caseOf(
      {
        classification: { kind: 'delivery-report', rule: 'delivery-report', evidence: '' },
        report: { ...report, ...change },
      },
      { match: match(true, 'open', by), bouncedTo: ['ivan@client.example'] },
    );
  const suspended = (c: Case) =>
    decide(c).changes.flatMap((change) => (change.kind === 'suspend-address' ? [change.address] : []));

  test('of a permanent failure suspends the address we wrote to, whatever address the report names', () => {
    expect(suspended(bounced({}))).toEqual(['ivan@client.example']);
  });
  test('of a delay, or of a passing failure, suspends nobody', () => {
    expect([...suspended(bounced({ action: 'delayed' })), ...suspended(bounced({ status: '4.2.2' }))]).toEqual([]);
  });
  test('without our signed Message-ID mutes nobody', () => {
    expect(suspended(bounced({}, { by: 'tag', entitled: 'participant' }))).toEqual([]);
    expect(suspended(bounced({}, { by: 'our-message-id', entitled: 'participant' }))).toEqual([]);
  });
  test('is forgotten when the suspended person writes again', () => {
    expect(decide(caseOf({}, { suspended: true })).changes).toContainEqual({
      kind: 'lift-suspension',
      address: 'ivan@client.example',
    });
  });
});
