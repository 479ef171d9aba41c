// When a letter starts the clock of its answer, and what its writer is told of it.

import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/decide/case.ts';
import { decide } from '../../src/decide/decide.ts';
import type { Level, TicketState } from '../../src/desk/tickets.ts';
import type { ThreadMatch } from '../../src/thread/choose.ts';
import { caseOf, NOW, RULES } from '../support/case.ts';
import { letter, type PartSketch } from '../support/letter.ts';

const HOUR = 3_600_000;
const RUSSIAN = letter({ subject: 'Корзина', text: 'Не открывается корзина.\n' });

const match = (state: TicketState, level: Level = 'free'): ThreadMatch => ({
  ticket: {
    id: 1000,
    number: '10008',
    state,
    stateSince: NOW,
    subject: 'Корзина',
    requester: 'ivan@client.example',
    language: 'ru',
    participants: ['ivan@client.example'],
    level,
    critical: 'no',
    assignee: null,
    dueAt: null,
  },
  by: 'tag',
  evidence: '[#10008]',
  entitled: 'participant',
});

const clocks = (c: Case) => decide(c).changes.filter((change) => change.kind === 'start-clock');

describe('a new ticket', () => {
  // Monday, 2 March 2026, ten o'clock
  test('of an unknown address is free, and its clock runs from the arrival of the letter', () => {
    const c = caseOf({ receivedAt: NOW - HOUR });
    expect(decide(c).changes[0]).toMatchObject({ level: { level: 'free' } });
    expect(clocks(c)).toEqual([
      {
        kind: 'start-clock',
        ticket: 'opened',
        startedAt: NOW - HOUR,
        warnAt: Date.parse('2026-03-03T15:00+03:00'),
        dueAt: Date.parse('2026-03-04T09:00+03:00'),
      },
    ]);
  });

  test('is told until when it is answered, and by which level', () => {
    expect(decide(caseOf({ message: RUSSIAN })).responses).toMatchObject([
      { values: { level: 'бесплатная поддержка', due: '4 марта 2026 г., 10:00 по московскому времени' } },
    ]);
    expect(decide(caseOf()).responses).toMatchObject([{ values: { due: '4 March 2026, 10:00, Moscow time' } }]);
  });

  test('gets its level by a rule of the desk', () => {
    const base = caseOf({ message: RUSSIAN });
    const rule = { level: 'partner' as const, words: ['корзин'], senders: [], addresses: [] };
    const rules = { ...base.rules, levels: { rules: [rule], currentVersion: null } };
    const decision = decide({ ...base, rules });
    expect(clocks({ ...base, rules })).toMatchObject([{ dueAt: NOW + 3 * HOUR }]);
    expect(decision.responses).toMatchObject([{ values: { due: '2 марта 2026 г., 13:00 по московскому времени' } }]);
  });

  test('of a letter that was days on its way is promised nothing that is past', () => {
    const late = caseOf({ receivedAt: NOW - 71 * HOUR, message: RUSSIAN });
    expect(decide(late).responses).toMatchObject([{ values: { due: null } }]);
    expect(clocks(late)).toHaveLength(1);
  });

  test('of an old letter that is only taken in waits for nobody', () => {
    expect(clocks(caseOf({ silent: 'taken in without an answer' }))).toEqual([]);
  });

  test('whose words say that the shop is down is proposed to go before the queue', () => {
    const base = caseOf({ message: letter({ subject: 'СРОЧНО', text: 'У нас сайт не  работает!\n' }) });
    const critical = (words: readonly string[]) =>
      decide({ ...base, rules: { ...base.rules, criticalWords: words } }).changes[0];
    expect(critical(['магазин упал', 'сайт не работает'])).toMatchObject({ critical: 'proposed' });
    expect(critical(['магазин упал'])).toMatchObject({ critical: 'no' });
  });
});

describe('a further letter', () => {
  test('starts a clock of its own by the level of its ticket', () => {
    expect(clocks(caseOf({}, { match: match('open', 'partner') }))).toMatchObject([
      { ticket: 1000, startedAt: NOW, dueAt: NOW + 3 * HOUR },
    ]);
  });

  test('is told until when: by the oldest letter that waits, and nothing where that is late already', () => {
    const due = (dueAt: number | null) => {
      const { ticket, ...rest } = match('open', 'partner');
      return decide(caseOf({}, { match: { ...rest, ticket: { ...ticket, dueAt } } })).responses;
    };
    expect(due(null)).toMatchObject([
      { form: 'brief', values: { due: '2 марта 2026 г., 13:00 по московскому времени' } },
    ]);
    expect(due(NOW + HOUR)).toMatchObject([{ values: { due: '2 марта 2026 г., 11:00 по московскому времени' } }]);
    expect(due(NOW - HOUR)).toMatchObject([{ values: { due: null } }]);
  });

  test.each<[TicketState, number]>([
    ['new', 1],
    ['waiting', 1],
    ['deferred', 1],
    ['resolved', 1],
    ['spam', 0],
  ])('to a ticket that is %s starts %i', (state, count) => {
    expect(clocks(caseOf({}, { match: match(state) }))).toHaveLength(count);
  });

  test('that is nothing but thanks, or that a machine wrote, starts none', () => {
    expect(clocks(caseOf({ message: letter({ text: 'Спасибо!\n' }) }, { match: match('resolved') }))).toEqual([]);
    const robot = { kind: 'auto-replied', rule: 'auto-submitted', evidence: '' } as const;
    expect(clocks(caseOf({ classification: robot }, { match: match('open') }))).toEqual([]);
    const vacation = { kind: 'human', rule: 'vacation-words', evidence: '' } as const;
    expect(clocks(caseOf({ classification: vacation }, { match: match('resolved') }))).toEqual([]);
  });
});

test('a desk with nobody in it promises no time, and the letter gets its number all the same', () => {
  const promised = (staffed: boolean) => {
    const rules = { ...RULES, staffed };
    const { responses } = decide(caseOf({}, { rules }));
    return responses.flatMap((one) => (one.kind === 'acknowledgement' ? [one.values.due] : []));
  };
  expect(promised(true)).toEqual([expect.stringMatching(/\d/)]);
  expect(promised(false)).toEqual([null]);
});

test('whoever sends neither words nor a file is told so, and nobody else is', () => {
  const told = (text: string, parts: readonly PartSketch[] = []) =>
    decide(caseOf({ message: letter({ text, parts }), attachments: parts.map(() => FILE) })).responses.flatMap((one) =>
      one.kind === 'acknowledgement' ? [one.values.empty] : [],
    );
  expect(told(' \n')).toEqual([true]);
  expect(told('Не печатает.\n')).toEqual([false]);
  expect(told('', [{ contentType: 'image/png', content: 'x', filename: 'a.png' }])).toEqual([false]);
});

const FILE = {
  path: '2',
  filename: 'a.png',
  contentType: 'image/png',
  size: 1,
  sha256: '',
  type: 'png',
  verdict: 'accepted',
  reason: null,
  detail: null,
  inlined: false,
} as const;
