// Strong marks say that a robot wrote a letter; weak ones only ask for no automatic answer, and hide nobody's letter.

import { describe, expect, test } from '@jest/globals';
import { classify } from '../../src/classify/classify.ts';
import { type Ours, weightOf } from '../../src/mail/classification.ts';
import { type LetterSketch, letter } from '../support/letter.ts';

const OURS: Ours = {
  addresses: new Set(['support@desk.example']),
  messageIdHost: 'kvitok.desk.example',
  groups: new Set(['team@groups.example']),
  forms: new Map(),
};
const of = (sketch: LetterSketch, from: string | null = null) => {
  const found = classify({ message: letter(sketch), envelope: { from, to: [] } }, OURS);
  return `${weightOf(found)} ${found.kind} ${found.rule}`;
};
type Headers = NonNullable<LetterSketch['headers']>;

describe('a person’s letter with a weak mark stays a person’s, and is muted', () => {
  const marked: readonly (readonly [what: string, headers: Headers, rule: string])[] = [
    ['a distribution list of Exchange', [['X-Auto-Response-Suppress', 'DR, OOF, AutoReply']], 'response-suppress'],
    ['Exchange, everything suppressed', [['X-Auto-Response-Suppress', 'All']], 'response-suppress'],
    ['procmail that sends it on', [['X-Loop', 'info@client.example']], 'x-loop'],
    ['a CRM that calls it bulk', [['Precedence', 'bulk']], 'precedence'],
    ['a program that calls it junk', [['X-Precedence', 'Junk']], 'precedence'],
    ['a list server without a field of a list', [['Precedence', 'list']], 'precedence'],
  ];
  test.each(marked)('%s', (_, headers, rule) => {
    expect(of({ headers })).toBe(`weak human ${rule}`);
  });

  test.each(marked)('but not where a robot is shown besides: %s', (_, headers) => {
    expect(of({ headers: [...headers, ['Auto-Submitted', 'auto-replied']] })).toMatch(/^strong/);
    expect(of({ headers: [...headers, ['List-Id', '<news.shop.example>']] })).toMatch(/^strong list/);
    expect(of({ headers: [...headers, ['Precedence', 'auto_reply']] })).toMatch(/^strong/);
    expect(of({ headers }, '')).toMatch(/^strong/);
  });

  test.each(marked)('and the words of a vacation notice are told before it: %s', (_, headers) => {
    const text = 'Это письмо создано автоматически. Я в отпуске до 15.08.';
    expect(of({ headers, text })).toBe('weak human vacation-words');
  });
});

describe('what a rule of Exchange redirects to the desk', () => {
  const MARKED: Headers = [
    ['X-MS-Exchange-Generated-Message-Source', 'Mailbox Rules Agent'],
    ['Auto-Submitted', 'auto-generated'],
  ];
  test.each([
    ['by its loop field', 'X-MS-Exchange-Inbox-Rules-Loop', 'support@desk.example'],
    ['by the mailbox that sent it on', 'Resent-From', 'Поддержка <support@desk.example>'],
    ['by whom it was sent on to', 'Resent-To', 'support@desk.example'],
    ['by a colleague’s mailbox beside the desk', 'X-MS-Exchange-Inbox-Rules-Loop', 'info@desk.example'],
    ['by forwarding of the whole mailbox', 'X-MS-Exchange-ForwardingLoop', 'support@desk.example;1b2c-3d'],
    ['by a group of ours', 'Resent-From', 'team@groups.example'],
  ])('is a person’s, shown %s', (_, name, value) => {
    expect(of({ headers: [...MARKED, [name, value]] })).toBe('weak human redirected');
  });

  test.each<[string, Headers]>([
    ['References to a letter of ours', [['References', '<kvitok.answer.10008.a1b2c3d4.abc@kvitok.desk.example>']]],
    ['somebody else’s loop field', [['X-MS-Exchange-Inbox-Rules-Loop', 'irina@shop.example']]],
    ['the field that every letter has', [['Delivered-To', 'support@desk.example']]],
    ['nothing', []],
  ])('is not shown by %s', (_, headers) => {
    expect(of({ headers: [...MARKED, ...headers] })).toBe('strong auto-generated auto-submitted');
  });

  test('a vacation notice of a colleague bears the loop field with its own author, and is a robot’s', () => {
    const from = 'Anna <anna@desk.example>';
    expect(of({ from, headers: [...MARKED, ['X-MS-Exchange-Inbox-Rules-Loop', 'anna@desk.example']] })).toMatch(
      /^strong/,
    );
  });

  test('a vacation notice that was redirected is a robot’s, a customer’s subject that only begins like one is not', () => {
    const headers: Headers = [...MARKED, ['Resent-From', 'support@desk.example']];
    expect(of({ subject: 'Автоматический ответ: цены', text: 'Я в отпуске.', headers })).toMatch(
      /^strong auto-replied/,
    );
    expect(of({ subject: 'Автоответ: не приходит', text: 'Письма пропали.', headers })).toBe('weak human redirected');
  });

  test('an answer of a robot that was redirected is a robot’s', () => {
    const headers: Headers = [
      ['Auto-Submitted', 'auto-replied'],
      ['Resent-From', 'support@desk.example'],
    ];
    expect(of({ headers })).toMatch(/^strong auto-replied/);
  });
});

describe('a letter that comes through the desk’s own group has no mark', () => {
  const GOOGLE: Headers = [
    ['Precedence', 'list'],
    ['Mailing-list', 'list support@desk.example; contact support+owners@desk.example'],
    ['List-ID', '<support.desk.example>'],
    ['List-Post', '<https://groups.example/a/support/post>, <mailto:support@desk.example>'],
    ['List-Unsubscribe', '<mailto:googlegroups-manage+1+unsubscribe@googlegroups.com>'],
  ];
  test.each<[string, Headers]>([
    ['Google Groups', GOOGLE],
    ['a List-Id that spells the address', [['List-Id', 'Support <support.desk.example>']]],
    [
      'Mailman under another List-Id',
      [
        ['List-Id', '<desk-support>'],
        ['List-Post', '<mailto:support@desk.example>'],
      ],
    ],
    [
      'a group that the configuration names',
      [
        ['List-Post', '<mailto:Team@groups.example>'],
        ['Precedence', 'list'],
      ],
    ],
    ['the List-Id of a group that it names', [['List-Id', '<team.groups.example>']]],
  ])('%s', (_, headers) => {
    expect(of({ headers })).toBe('none human none');
  });

  test.each<[string, Headers]>([
    ['somebody else’s list', [['List-Post', '<mailto:users@lists.example>']]],
    [
      'a list that nobody may post to',
      [
        ['List-Post', 'NO'],
        ['List-Id', '<news.shop.example>'],
      ],
    ],
    ['a list behind which another one stands', [...GOOGLE, ['List-Id', '<users.lists.example>']]],
    ['a mailing that was sent to the group', [...GOOGLE, ['List-Unsubscribe', '<https://news.example/stop>']]],
    ['a look-alike', [['List-Post', '<mailto:support@desk.example.evil.example>']]],
    ['a list of ours and another', [['List-Post', '<mailto:support@desk.example>, <mailto:all@lists.example>']]],
  ])('but not through %s', (_, headers) => {
    expect(of({ headers })).toBe('strong list list-fields');
  });

  test('and a robot’s letter is one there as well', () => {
    expect(of({ headers: [...GOOGLE, ['Auto-Submitted', 'auto-replied']] })).toBe('strong auto-replied auto-submitted');
    expect(of({ headers: [...GOOGLE, ['Precedence', 'bulk']] })).toBe('weak human precedence');
  });
});

describe('a sender that nobody reads', () => {
  const from = 'Магазин <noreply@shop.example>';
  const by = (value: string, text?: string) => of({ from, headers: [['Reply-To', value]], ...(text ? { text } : {}) });

  test('is no robot where Reply-To names a person', () => {
    expect(by('Иван <ivan@buyer.example>')).toBe('weak human no-reply-sender');
    expect(by('ivan@buyer.example, olga@buyer.example')).toBe('weak human no-reply-sender');
  });

  test('nor the program of a site that nobody told an address to write from', () => {
    const site = (headers: readonly (readonly [string, string])[]) =>
      of({ from: 'WordPress <wordpress@shop.example>', headers });
    expect(site([['Reply-To', 'ivan@buyer.example']])).toBe('weak human no-reply-sender');
    // without Reply-To whoever wrote stands in the text, if anywhere: a person must see it
    expect(site([])).toBe('none human none');
  });

  test('nor a mailing where the person writes of one', () => {
    expect(by('ivan@buyer.example', 'Не могу отписаться от рассылки')).toBe('weak human no-reply-sender');
  });

  test.each([
    'noreply@shop.example',
    'no-reply@other.example',
    'support@desk.example',
    'mailer-daemon@shop.example',
    '',
  ])('is one where Reply-To is «%s»', (value) => {
    expect(by(value)).toBe('strong auto-generated robot-sender');
  });
});

describe('whatever marks come together', () => {
  const WEAK: Headers = [
    ['X-Auto-Response-Suppress', 'All'],
    ['X-Loop', 'x@client.example'],
    ['Precedence', 'bulk'],
    ['X-Precedence', 'junk'],
    ['Precedence', 'list'],
    ['Resent-From', 'support@desk.example'],
    ['Reply-To', 'olga@client.example'],
  ];
  const STRONG: Headers = [
    ['Auto-Submitted', 'auto-replied'],
    ['Auto-Submitted', 'auto-notified'],
    ['Return-Path', '<>'],
    ['X-Autoreply', 'yes'],
    ['X-Autorespond', 'vacation'],
    ['Precedence', 'auto_reply'],
    ['List-Id', '<news.shop.example>'],
  ];
  const subsets = Array.from({ length: 2 ** WEAK.length }, (_, bits) => WEAK.filter((_mark, at) => bits & (1 << at)));

  test('weak ones never make a robot of a person, nor of a sender that nobody reads and who writes for one', () => {
    for (const headers of subsets) {
      expect(of({ headers })).not.toMatch(/^strong/);
      const forOlga = headers.some(([name]) => name === 'Reply-To');
      if (forOlga) expect(of({ from: 'noreply@shop.example', headers })).toMatch(/^weak/);
    }
  });

  test('and never hide a strong one', () => {
    for (const mark of STRONG)
      for (const headers of subsets) expect(of({ headers: [...headers, mark] })).toMatch(/^strong/);
  });
});
