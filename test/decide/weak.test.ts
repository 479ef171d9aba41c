// Letters with a weak mark: a person may have written them, so they are never hidden; a robot may have, so it is not answered.

import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/decide/case.ts';
import { decide } from '../../src/decide/decide.ts';
import type { TicketState } from '../../src/desk/tickets.ts';
import type { ThreadMatch } from '../../src/thread/choose.ts';
import { caseOf, NOW, RULES } from '../support/case.ts';
import { letter } from '../support/letter.ts';

const SUPPRESSED = { kind: 'human', rule: 'response-suppress', evidence: 'X-Auto-Response-Suppress: All' } as const;
const VACATION = { kind: 'human', rule: 'vacation-words', evidence: 'в отпуске' } as const;
const ANNA = {
  identity: 'anna@desk.example',
  address: 'anna@desk.example',
  name: 'Anna',
  role: 'operator',
  notify: true,
} as const;
const WITH_ANNA = { rules: { ...RULES, operators: [ANNA] } };

const match = (state: TicketState, entitled: ThreadMatch['entitled'] = 'signed'): ThreadMatch => ({
  ticket: {
    id: 1000,
    number: '10008',
    state,
    stateSince: NOW,
    subject: 'Касса',
    requester: 'ivan@client.example',
    language: 'ru',
    participants: ['ivan@client.example'],
    level: 'free',
    critical: 'no',
    assignee: null,
    dueAt: null,
  },
  by: 'our-message-id',
  evidence: '<kvitok.answer.10008@kvitok.desk.example>',
  entitled,
});
const reply = (rest: Partial<Omit<Case, 'letter'>>, classification: Case['letter']['classification'] = SUPPRESSED) =>
  decide(
    caseOf(
      {
        classification,
        message: letter({ subject: 'Re: [#10008] Касса', text: 'Касса снова не открывает смену, срочно!\n' }),
      },
      { ...WITH_ANNA, ...rest },
    ),
  );
const kinds = ({ changes }: ReturnType<typeof decide>) => changes.map(({ kind }) => kind);
const told = ({ responses }: ReturnType<typeof decide>) => responses.map(({ kind }) => kind);

test('a new one opens a ticket with its clock, operators hear of it, and nobody is answered', () => {
  const decision = decide(caseOf({ classification: SUPPRESSED }, WITH_ANNA));
  expect(decision.disposition).toBe('opened');
  expect(kinds(decision)).toContain('start-clock');
  expect(told(decision)).toEqual(['notification']);
  expect(decision.silence).toBe('it asks for no automatic answer (response-suppress)');
});

describe('a reply to a resolved ticket', () => {
  const MINUTES = 60_000;

  test('with a token of ours, three minutes after our letter, is a person’s: it reopens, waits and is told', () => {
    const decision = reply({ match: match('resolved'), answeredAt: NOW - 3 * MINUTES });
    expect(kinds(decision)).toEqual(expect.arrayContaining(['append-entry', 'move-ticket', 'start-clock']));
    expect(told(decision)).toEqual(['notification']);
  });

  test('so is one to a letter of which nobody knows when it left', () => {
    expect(kinds(reply({ match: match('resolved'), answeredAt: null }))).toContain('move-ticket');
  });

  test('and a mark for the solution in it counts', () => {
    const message = letter({ subject: 'Re: [#10008]', text: '5\n' });
    const c = caseOf(
      { classification: SUPPRESSED, message },
      { match: match('resolved'), answeredAt: NOW - 3 * MINUTES },
    );
    expect(kinds(decide(c))).toContain('rate');
  });

  test.each<[string, Parameters<typeof reply>]>([
    ['came two minutes after ours at the latest', [{ match: match('resolved'), answeredAt: NOW - 2 * MINUTES }]],
    ['names the ticket without a token', [{ match: match('resolved', 'participant'), answeredAt: null }]],
    ['speaks like a vacation notice', [{ match: match('resolved'), answeredAt: NOW - 60 * MINUTES }, VACATION]],
  ])('that %s is filed and told, and changes neither state nor clock', (_, [rest, classification]) => {
    const decision = reply(rest, classification);
    expect(decision.disposition).toBe('appended');
    expect(kinds(decision)).toEqual(['append-entry', 'remember-message-id']);
    expect(told(decision)).toEqual(['notification']);
  });
});

describe('whom a letter only names', () => {
  const via = { kind: 'form', sender: 'noreply@shop.example', named: true } as const;
  const client = {
    id: 7,
    name: 'ООО Лампа',
    category: 'partner',
    contractUntil: null,
    version: null,
    addresses: [],
    domains: [],
  };

  test('gets the acknowledgement of a form that is believed, whatever its return path, and no client’s level or subject', () => {
    const c = caseOf(
      { via, envelope: { from: 'www-data@hosting.example', to: [] } },
      { client: client as unknown as Case['client'] },
    );
    const decision = decide(c);
    expect(decision.responses).toMatchObject([{ kind: 'acknowledgement', to: { address: 'ivan@client.example' } }]);
    expect(decision.responses[0]).toMatchObject({ values: { matter: null } });
    expect(decision.changes[0]).toMatchObject({ kind: 'open-ticket', client: null, level: { level: 'free' } });
  });

  test('gets none by Reply-To alone, and the operator is told why', () => {
    const decision = decide(caseOf({ via: { ...via, kind: 'reply-to' } }, WITH_ANNA));
    expect(told(decision)).toEqual(['notification']);
    expect(decision.silence).toBe('only Reply-To names the writer, and nothing proves it (noreply@shop.example)');
  });

  test('gets none where the form names nobody', () => {
    const decision = decide(caseOf({ via }, { ...WITH_ANNA, author: null }));
    expect(told(decision)).toEqual(['notification']);
    expect(decision.silence).toMatch(/^nobody is named as the writer/);
  });
});

test('a letter through a group of ours is acknowledged where its writer is proven, and told of else', () => {
  const via = { kind: 'group', sender: 'support@desk.example', named: false } as const;
  const proof = { result: 'pass', by: 'dmarc', evidence: 'dmarc=pass' } as const;
  expect(decide(caseOf({ via, proof })).silence).toBeNull();
  const muted = decide(caseOf({ via, envelope: { from: null, to: [] } }, WITH_ANNA));
  expect(told(muted)).toEqual(['notification']);
  expect(muted.silence).toMatch(/through a group of ours/);
});

describe('our own address', () => {
  test.each(['support+a1@desk.example', 'SUPPORT@Desk.Example', 'Support+x.y@DESK.example'])(
    'in From as %s gets no acknowledgement',
    (from) => {
      expect(decide(caseOf({ message: letter({ from }), envelope: { from: null, to: [] } })).silence).toMatch(/ours/);
    },
  );

  test('in Cc with a token behind a plus makes nobody a participant', () => {
    const proof = { result: 'pass', by: 'dmarc', evidence: 'dmarc=pass' } as const;
    const message = letter({ cc: 'support+abcdefgh@desk.example' });
    const added = decide(caseOf({ message, proof })).changes.filter(({ kind }) => kind === 'add-participant');
    expect(added).toMatchObject([{ address: 'ivan@client.example' }]);
  });
});

test.each(['msk.ru', 'spb.ru', 'kyiv.ua', 'com.ua'])(
  'somebody at %s whose return path is his own address is answered',
  (domain) => {
    const from = `ivan@${domain}`;
    expect(decide(caseOf({ message: letter({ from }), envelope: { from, to: [] } })).silence).toBeNull();
  },
);
