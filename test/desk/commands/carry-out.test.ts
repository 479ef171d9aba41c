// What the commands of one letter come to: changes, what goes to the customer, what stays, and what the operator is told.

import { describe, expect, test } from '@jest/globals';
import type { Client } from '../../../src/desk/clients/client.ts';
import { PERMISSIONS } from '../../../src/desk/commands/permissions.ts';
import type { ReadyAnswers } from '../../../src/desk/commands/ready-answers.ts';
import { COMMANDS } from '../../../src/desk/commands/table.ts';
import { DEFERRALS } from '../../../src/desk/deferrals.ts';
import { letterOf, OLGA, PETR, ticketOf } from './case.ts';

const told = (reply: string, change: Parameters<typeof letterOf>[1] = {}) =>
  letterOf(reply, change).lines.map(({ state, says }) => [state, says.ru]);
const move = { kind: 'move-ticket', ticket: 1042, from: 'open', by: OLGA.identity };

describe('a letter with commands', () => {
  test('closes with its text, which asks for a mark', () => {
    expect(letterOf('#close\nОбновите кэш.')).toMatchObject({
      held: false,
      changes: [{ ...move, to: 'resolved', because: '#close' }],
      answer: { form: 'solution', text: 'Обновите кэш.' },
      internal: null,
    });
  });

  test('without a text sends nothing to the customer', () => {
    for (const reply of ['#close', '#level partner', '#assign me', '#critical', '#reopen', '#status', '#help'])
      expect(letterOf(reply)).toMatchObject({ held: false, answer: null, internal: null, call: null });
  });

  test('without a text but with a file sends the file', () => {
    expect(letterOf('#close', { files: true }).answer).toEqual({ form: 'solution', text: '', reason: null });
    expect(letterOf('#note', { files: true }).answer).toBeNull();
  });

  test('sees the ticket as the commands before left it', () => {
    const { changes, ticket } = letterOf('#level partner\n#level consulting\n#assign me');
    expect(changes).toMatchObject([
      { kind: 'set-level', was: 'free', became: 'partner' },
      { kind: 'set-level', was: 'partner', became: 'consulting' },
      { kind: 'assign', was: null, became: OLGA.identity },
    ]);
    expect(ticket).toMatchObject({ level: 'consulting', assignee: OLGA.identity });
  });

  test.each(['#clsoe\nГотово.', '#close\n#levle partner\nГотово.', '#level partner\n#assign никтокакой\nГотово.'])(
    'one that cannot be done holds everything back: %j',
    (reply) => {
      const { held, changes, answer, internal, ticket, lines } = letterOf(reply);
      expect({ held, changes, answer, internal, ticket }).toEqual({
        held: true,
        changes: [],
        answer: null,
        internal: null,
        ticket: ticketOf(),
      });
      expect(lines.map(({ state }) => state)).toContain('failed');
      expect(lines.map(({ state }) => state)).not.toContain('done');
    },
  );

  test('says what was probably meant', () => {
    expect(told('#clsoe')).toEqual([['failed', 'такой команды нет; может быть, #close?']]);
    expect(told('#абракадабра')).toEqual([['failed', 'такой команды нет; #помощь перечислит все']]);
  });

  test('says where a ticket goes only once', () => {
    expect(told('#close\n#defer 3')).toEqual([
      ['held', 'обращение решено'],
      ['failed', 'не вместе с #close: оставьте одну из этих команд'],
    ]);
  });

  test('on no ticket can only record a call or ask for help', () => {
    for (const { name, words } of COMMANDS) {
      const behind = name === 'phone' ? ' ivan@client.example' : '';
      const { held } = letterOf(`#${words[0]}${behind}\nО корзине.`, { ticket: null });
      expect([name, held]).toEqual([name, !['phone', 'help'].includes(name)]);
    }
  });
});

describe('words behind a command on its own line', () => {
  test.each([
    ['#закрыть Готово, проверьте.', 'solution', 'Готово, проверьте.'],
    ['#решено: Готово!\n\nПроверьте корзину.', 'solution', 'Готово!\n\nПроверьте корзину.'],
    [
      '#закрыть Обновление установлено, корзина\nснова открывается.',
      'solution',
      'Обновление установлено, корзина\nснова открывается.',
    ],
    ['**#закрыть** Готово.', 'solution', 'Готово.'],
    ['#закрыть Готово #взять', 'solution', 'Готово'],
    ['#отложить 2 пришлите доступ, пожалуйста', 'deferral', 'пришлите доступ, пожалуйста'],
    ['#отложить 2. Пришлите доступ.', 'deferral', 'Пришлите доступ.'],
    ['#отложить доступ Напишите логин', 'deferral', 'Напишите логин'],
  ])('are text for the customer: %j', (reply, form, text) => {
    expect(letterOf(reply)).toMatchObject({ held: false, answer: { form, text } });
  });

  test.each(['#закрыть.', '**#закрыть**', '#закрыть :)'])('are none in %s', (reply) => {
    expect(letterOf(reply)).toMatchObject({ held: false, answer: null });
  });

  test.each([
    '#открыть клиент ещё пишет',
    '#спам продаёт базы',
    '#разделить это про доставку',
    '#отменить закрытие',
    '#помощь у клиента пропал каталог',
    '#статус срочно нужен',
    '#назначить petr@desk.example посмотри логи',
    '#назначить Пётр посмотри логи',
    '#уровень партнёр потому что договор',
    '#срочно касса стоит',
    '#копия anna@shop.example пусть тоже видит',
    '#клиент luch.example это наш партнёр',
    '#объединить 10429 это про то же',
    '#ответ хостинг и добавь ссылку',
  ])('hold the letter back where nobody can know whom they are for: %s', (reply) => {
    const { held, changes, answer, internal } = letterOf(`${reply}\nТекст.`);
    expect({ held, changes, answer, internal }).toEqual({ held: true, changes: [], answer: null, internal: null });
  });
});

describe('permissions', () => {
  test.each(COMMANDS.map(({ name, words }) => ({ name, word: words[0]! })))(
    '#$word is refused to those who may not give it, and to nobody else',
    ({ name, word }) => {
      for (const role of ['operator', 'lead', 'developer', 'admin'] as const) {
        const refused = told(`#${word}`, { by: { identity: OLGA.identity, role } })[0]![1]!.startsWith(
          'эта команда не для',
        );
        expect([role, refused]).toEqual([role, !PERMISSIONS[name].includes(role)]);
      }
    },
  );
});

describe('#close and #reopen', () => {
  test.each(['#закрыть тихо', '#close silent', '#close silently.'])(
    '%s sends nobody that word, and says what closes so',
    (reply) => {
      expect(letterOf(reply)).toMatchObject({ held: true, answer: null, changes: [] });
      expect(told(reply)[0]![1]).toContain('#закрыть, за которым ничего нет');
    },
  );

  test('with the number of another ticket closes neither, and sends no number to the customer', () => {
    for (const reply of ['#закрыть 10070', '#close [#10070] Готово.', '#закрыть №10070'])
      expect(letterOf(reply)).toMatchObject({ held: true, answer: null, changes: [] });
    expect(told('#закрыть 10070')[0]![1]).toContain('для 10070 ответьте на его письмо');
  });

  test('with its own number is what it is without, and a short number begins a sentence', () => {
    const ticket = ticketOf({});
    expect(letterOf(`#закрыть ${ticket.number} Готово.`).answer).toMatchObject({ text: 'Готово.' });
    expect(letterOf('#закрыть 2 товара снова на складе.').answer).toMatchObject({ text: '2 товара снова на складе.' });
  });

  test('change nothing twice', () => {
    expect(letterOf('#close', { ticket: ticketOf({ state: 'resolved' }) }).changes).toEqual([]);
    expect(letterOf('#reopen').changes).toEqual([]);
  });

  test('of spam: only #reopen', () => {
    const ticket = ticketOf({ state: 'spam' });
    expect(letterOf('#close', { ticket }).held).toBe(true);
    expect(letterOf('#reopen', { ticket }).changes).toMatchObject([{ from: 'spam', to: 'open' }]);
  });
});

describe('#defer', () => {
  test.each(DEFERRALS)('tells the customer reason $number even without a text', ({ number, words }) => {
    const out = letterOf(`#отложить ${number}`);
    expect(out.answer).toEqual({ form: 'deferral', text: '', reason: number });
    expect(out.changes).toMatchObject([
      { kind: 'note-deferral', reason: number },
      { ...move, to: 'deferred', because: `#defer ${number}` },
    ]);
    expect(out.lines[0]!.says.ru).toContain(words.ru);
  });

  test('with a text sends both', () => {
    expect(letterOf('#defer доступ\nПришлите, пожалуйста, доступ.').answer).toEqual({
      form: 'deferral',
      text: 'Пришлите, пожалуйста, доступ.',
      reason: 2,
    });
  });

  test.each(['#defer', '#defer завтра', '#defer 11'])('without one of the ten reasons is refused: %s', (reply) => {
    const [line] = told(reply);
    expect(line![0]).toBe('failed');
    for (const { number, words } of DEFERRALS) expect(line![1]).toContain(`${number}. ${words.ru}`);
  });

  test('by words that fit several reasons names those', () => {
    const [line] = told('#defer не предоставил');
    expect(line![1]!.match(/^\d+\./gm)).toEqual(['2.', '5.', '10.']);
  });
});

describe('#level', () => {
  test.each([
    ['free', 'partner', 'free'],
    ['Бесплатная', 'partner', 'free'],
    ['партнёр', 'free', 'partner'],
    ['партнерский', 'free', 'partner'],
    ['dev', 'free', 'development'],
    ['в разработку', 'free', 'development'],
    ['консультация', 'free', 'consulting'],
    ['consulting', 'free', 'consulting'],
  ] as const)('%s', (typed, level, became) => {
    expect(letterOf(`#level ${typed}`, { ticket: ticketOf({ level }) }).changes).toMatchObject([
      { kind: 'set-level', was: level, became },
    ]);
  });

  test('that is none lists them', () => {
    expect(told('#level срочный')).toEqual([
      ['failed', 'нет такого уровня; есть бесплатная, партнёр, разработка, консультация'],
    ]);
  });
});

describe('#critical', () => {
  test.each([
    ['#critical', 'no', 'yes'],
    ['#срочно', 'proposed', 'yes'],
    ['#critical yes', 'no', 'yes'],
    ['#critical no', 'yes', 'no'],
    ['#не срочно', 'yes', 'no'],
    ['#срочно нет', 'proposed', 'no'],
  ] as const)('%s on %s gives %s', (reply, critical, became) => {
    expect(letterOf(reply, { ticket: ticketOf({ critical }) }).changes).toMatchObject([{ was: critical, became }]);
  });

  test('takes no other words', () => {
    expect(letterOf('#critical maybe').held).toBe(true);
  });
});

describe('#assign', () => {
  test.each([
    ['#взять', OLGA],
    ['#assign', OLGA],
    ['#assign me', OLGA],
    ['#назначить Пётр', PETR],
    ['#назначить петр иванов', PETR],
    ['#assign иван', PETR],
    ['#assign petr@desk.example', PETR],
    ['#assign <petr@desk.example>', PETR],
    ['#assign petr', PETR],
  ])('%s', (reply, { identity }) => {
    expect(letterOf(reply).changes).toMatchObject([{ kind: 'assign', was: null, became: identity }]);
  });

  test('to nobody', () => {
    expect(letterOf('#assign никому', { ticket: ticketOf({ assignee: PETR.identity }) }).changes).toMatchObject([
      { was: PETR.identity, became: null },
    ]);
  });

  test('to somebody unknown names those who are there; to several, these', () => {
    expect(told('#assign Фёдор')[0]![1]).toContain('Ольга Смирнова <olga@desk.example>, Пётр Иванов');
    const operators = [OLGA, PETR, { identity: 'petrov@desk.example', name: 'Пётр Сидоров' }];
    expect(told('#assign Пётр', { operators })[0]![1]).toBe(
      'подходит несколько: Пётр Иванов <petr@desk.example>, Пётр Сидоров <petrov@desk.example>',
    );
  });
});

describe('#note', () => {
  test('keeps the text, and what stands on its own line', () => {
    expect(letterOf('#note Звонил сам.\nКлиент нервничает.')).toMatchObject({
      answer: null,
      internal: { entry: 'note', text: 'Звонил сам.\n\nКлиент нервничает.' },
    });
  });

  test('closes silently together with #close', () => {
    expect(letterOf('#close\n#note\nДубль.')).toMatchObject({
      answer: null,
      internal: { text: 'Дубль.' },
      changes: [{ to: 'resolved' }],
    });
  });
});

describe('#answer', () => {
  const hosting = { name: 'hosting', also: 'хостинг', title: 'Услуги хостинга', language: 'ru', level: null } as const;
  const answers: ReadyAnswers = {
    list: () => [hosting],
    write: (name, ticket) =>
      name === 'broken'
        ? { answer: hosting, fault: 'undefined variable: x' }
        : ['hosting', 'хостинг'].includes(name)
          ? { answer: hosting, text: `Обращение ${ticket.number}: не к нам.` }
          : null,
  };

  test('sends the ready answer before the own words, and shows it', () => {
    const out = letterOf('#ответ Хостинг\n#close\nУдачи!', { answers });
    expect(out.answer).toEqual({ form: 'solution', text: 'Обращение 10429: не к нам.\n\nУдачи!', reason: null });
    expect(out.lines[0]!.shows?.ru).toBe('Обращение 10429: не к нам.');
  });

  test('that is not there names what is near, or all', () => {
    expect(told('#answer hostng', { answers })[0]![1]).toBe('нет такого ответа; может быть, hosting?');
    expect(told('#answer refund', { answers })[0]![1]).toBe('нет такого ответа; есть hosting, хостинг');
    expect(told('#answer broken', { answers })[0]![1]).toBe('этот ответ не составить: undefined variable: x');
  });

  test('goes out beside a note', () => {
    expect(letterOf('#answer hosting\n#note\nЧетвёртый раз.', { answers })).toMatchObject({
      answer: { text: 'Обращение 10429: не к нам.' },
      internal: { text: 'Четвёртый раз.' },
    });
  });

  test('is not for spam', () => {
    expect(letterOf('#answer hosting', { answers, ticket: ticketOf({ state: 'spam' }) }).held).toBe(true);
    expect(letterOf('#answer hosting\n#spam', { answers }).held).toBe(true);
  });
});

describe('#merge', () => {
  const into = ticketOf({ id: 1000, number: '10008', state: 'waiting', participants: ['anna@client.example'] });
  const known = { tickets: new Map([['10008', into]]) };

  test.each(['#merge 10008', '#объединить [#10008]', '#merge №10008.', '#merge １０００８'])('%s', (reply) => {
    const out = letterOf(`${reply}\nОтвечаем там.`, { known });
    expect(out.changes).toMatchObject([
      { kind: 'merge', ticket: 1042, from: 'open', into: { id: 1000 } },
      { kind: 'move-ticket', ticket: 1000, from: 'waiting', to: 'open' },
    ]);
    expect(out.ticket).toMatchObject({
      id: 1000,
      state: 'open',
      participants: ['anna@client.example', 'ivan@client.example'],
    });
    expect(out.answer?.text).toBe('Отвечаем там.');
  });

  test('wakes nothing where nobody waits', () => {
    const ticket = ticketOf({ state: 'resolved' });
    expect(letterOf('#merge 10008', { known, ticket }).changes).toMatchObject([{ kind: 'merge', from: 'resolved' }]);
  });

  test('lets commands behind it work on the other ticket', () => {
    expect(letterOf('#merge 10008\n#close', { known }).changes.at(-1)).toMatchObject({ ticket: 1000, to: 'resolved' });
  });

  test.each([
    ['#merge', 'нужен номер обращения: #объединить 10429'],
    ['#merge 10009', 'обращения 10009 нет; проверьте цифры'],
  ])('%s says what is wrong', (reply, says) => {
    expect(told(reply, { known })).toEqual([['failed', says]]);
  });

  test('with itself, or with spam, is none', () => {
    expect(letterOf('#merge 10429', { known: { tickets: new Map([['10429', ticketOf()]]) } }).held).toBe(true);
    const spam = { tickets: new Map([['10008', { ...into, state: 'spam' as const }]]) };
    expect(letterOf('#merge 10008', { known: spam }).held).toBe(true);
  });
});

describe('#split', () => {
  const one = {
    entry: 7,
    subject: 'Счёт',
    address: 'Ivan@client.example',
    identity: 'ivan@client.example',
    name: '',
    at: 0,
  };

  test('takes the last letter', () => {
    expect(letterOf('#split', { known: { letters: [one, { ...one, entry: 9 }] } }).changes).toEqual([
      { kind: 'split', ticket: 1042, entry: 9, by: OLGA.identity },
    ]);
  });

  test('of a ticket with one letter is none', () => {
    expect(letterOf('#split', { known: { letters: [one] } }).held).toBe(true);
  });
});

describe('#cc', () => {
  test.each([
    '#cc Anna@shop.example',
    '#копия Анна <anna@shop.example>.',
    '#cc anna@shop.example<mailto:anna@shop.example>',
    '#cc [anna@shop.example](mailto:anna@shop.example)',
  ])('%s', (reply) => {
    const out = letterOf(`${reply}\nТекст.`);
    expect(out.changes).toMatchObject([{ kind: 'join', address: 'anna@shop.example' }]);
    expect(out.ticket?.participants).toEqual(['ivan@client.example', 'anna@shop.example']);
  });

  test('of who is there already changes nothing', () => {
    expect(letterOf('#cc IVAN@client.example').changes).toEqual([]);
  });

  test.each(['#cc', '#cc Анна', '#cc support@desk.example', '#cc petr@desk.example'])('%s is refused', (reply) => {
    expect(letterOf(reply).held).toBe(true);
  });
});

describe('#client', () => {
  const luch: Client = {
    id: 1,
    key: 'Д-17',
    name: 'ООО «Луч»',
    category: 'partner',
    edition: null,
    version: null,
    contractEnd: null,
    addresses: ['irina@luch.example'],
    domains: ['luch.example'],
  };

  test.each(['luch.example', 'irina@luch.example', 'Д-17'])('by %s brings the level of its category', (named) => {
    const out = letterOf(`#client ${named}`, { known: { clients: new Map([[named, luch]]) } });
    expect(out.changes).toMatchObject([
      { kind: 'set-client', client: 'Д-17' },
      { kind: 'set-level', was: 'free', became: 'partner', because: 'client ООО «Луч», partner' },
    ]);
  });

  test('whose contract has ended is served like everybody', () => {
    const ended = { ...luch, contractEnd: '2026-11-24' };
    const out = letterOf('#client Д-17', { known: { clients: new Map([['Д-17', ended]]) } });
    expect(out.changes).toMatchObject([{ kind: 'set-client', client: 'Д-17' }]);
    expect(out.changes).toHaveLength(1);
  });

  test('leaves alone a level that the question asked for', () => {
    const ticket = ticketOf({ level: 'development' });
    const known = { clients: new Map([['Д-17', luch]]) };
    expect(letterOf('#client Д-17', { known, ticket }).changes).toMatchObject([{ kind: 'set-client' }]);
  });

  test('that the register does not know is refused', () => {
    expect(letterOf('#client nobody.example').held).toBe(true);
    expect(letterOf('#client').held).toBe(true);
  });
});

describe('#phone', () => {
  test('on a ticket is noted there', () => {
    expect(letterOf('#звонок\nПросит перезвонить.')).toMatchObject({
      answer: null,
      internal: { entry: 'phone', text: 'Просит перезвонить.' },
    });
  });

  test('on no ticket opens one for who called', () => {
    const out = letterOf('#phone Иван <Ivan@client.example>, +7 495 000-00-00\nНе открывается корзина.', {
      ticket: null,
    });
    expect(out).toMatchObject({
      held: false,
      answer: null,
      call: {
        address: 'Ivan@client.example',
        identity: 'ivan@client.example',
        text: 'Иван , +7 495 000-00-00\n\nНе открывается корзина.',
      },
    });
  });

  test('without words, or without an address where one is needed, is refused', () => {
    expect(letterOf('#phone').held).toBe(true);
    expect(letterOf('#phone\nО корзине.', { ticket: null }).held).toBe(true);
  });
});

test('#spam closes the ticket, and its text stays with the desk', () => {
  expect(letterOf('#spam\nРеклама.')).toMatchObject({
    changes: [{ ...move, to: 'spam' }],
    answer: null,
    internal: { entry: 'note', text: 'Реклама.' },
  });
});

describe('#undo', () => {
  const change = (kind: string, was: string | null, became: string | null) => ({ kind, was, became, because: '' });
  const batch = {
    at: 500,
    changes: [change('level', 'free', 'partner'), change('state', 'open', 'resolved')],
    answer: null,
  };
  const ticket = ticketOf({ level: 'partner', state: 'resolved' });

  test('goes back step by step, the last one first', () => {
    expect(letterOf('#отменить', { ticket, known: { batch } }).changes).toMatchObject([
      { kind: 'move-ticket', from: 'resolved', to: 'open', because: '#undo' },
      { kind: 'set-level', was: 'partner', became: 'free', because: '#undo' },
    ]);
  });

  test('takes a waiting answer back', () => {
    const waiting = { ...batch, answer: { outbox: 5, waits: true } };
    expect(letterOf('#undo', { ticket, known: { batch: waiting } }).changes[0]).toMatchObject({
      kind: 'take-back',
      outbox: 5,
    });
  });

  test('takes back people who were added, an assignment, an urgency', () => {
    const changes = [
      change('participant', null, 'anna@shop.example'),
      change('assignee', null, OLGA.identity),
      change('critical', 'proposed', 'yes'),
    ];
    const now = ticketOf({
      participants: ['ivan@client.example', 'anna@shop.example'],
      assignee: OLGA.identity,
      critical: 'yes',
    });
    expect(letterOf('#undo', { ticket: now, known: { batch: { ...batch, changes } } }).changes).toMatchObject([
      { kind: 'set-critical', became: 'proposed' },
      { kind: 'assign', became: null },
      { kind: 'leave', address: 'anna@shop.example' },
    ]);
  });

  test.each([
    ['an answer that has left', { batch: { ...batch, answer: { outbox: 5, waits: false } } }],
    ['nothing', { batch: null }],
    ['a merge', { batch: { ...batch, changes: [change('merge', '10429', '10008')] } }],
    ['a split', { batch: { ...batch, changes: [change('split', '10429', '10008')] } }],
    ['a client', { batch: { ...batch, changes: [change('client', null, 'Д-17')] } }],
    [
      'a level that somebody has changed since',
      { batch: { ...batch, changes: [change('level', 'free', 'consulting')] } },
    ],
    ['a state that has changed since', { batch: { ...batch, changes: [change('state', 'open', 'deferred')] } }],
  ])('of %s says why not', (_what, known) => {
    expect(told('#undo', { ticket, known })[0]![0]).toBe('failed');
  });
});

describe('#status and #help', () => {
  test('show the ticket, with its deadline and history, by the names of people', () => {
    const known = {
      dueAt: 3_600_000,
      history: [
        { at: 0, by: PETR.identity, kind: 'level', was: 'free', became: 'partner', because: '#level' },
        { at: 1, by: 'customer', kind: 'state', was: 'waiting', became: 'open', because: '' },
        { at: 2, by: 'kvitok', kind: 'deadline', was: '1970-01-01T00:30:00.000Z', became: null, because: 'missed' },
      ],
    };
    const { ru, en } = letterOf('#status', { known, ticket: ticketOf({ assignee: PETR.identity }) }).lines[0]!.shows!;
    for (const words of [
      'состояние: ждёт ответа',
      'уровень: бесплатная поддержка',
      'ведёт: Пётр Иванов',
      'ответить до: 1970-01-01T01:00',
      'Пётр Иванов: уровень бесплатная поддержка → поддержка для партнёров (#level)',
      'клиент: состояние ждём клиента → ждёт ответа',
      'kvitok: срок ответа 1970-01-01T00:30',
    ])
      expect(ru).toContain(words);
    for (const words of [
      'state: waits for an answer',
      'level: free support',
      'customer: state waits for the customer → ',
    ])
      expect(en).toContain(words);
  });

  test('list what this operator may do, in both languages', () => {
    const { ru, en } = letterOf('#help').lines[0]!.shows!;
    for (const { words, help } of COMMANDS) {
      expect(en).toContain(`#${words[0]}`);
      expect(en).toContain(help.en);
      expect(ru).toContain(help.ru);
    }
    const developer = letterOf('#help', { by: { identity: OLGA.identity, role: 'developer' } }).lines[0]!.shows!;
    expect(developer.en).not.toContain('#merge');
    expect(developer.en).toContain('#note');
  });
});

describe('#category', () => {
  test.each([
    ['errors', 'errors'],
    ['Ошибки', 'errors'],
    ['вёрстка', 'outside-markup'],
    ['outside-hosting', 'outside-hosting'],
    ['using', 'usage'],
  ])('%s', (typed, became) => {
    expect(letterOf(`#категория ${typed}`).changes[0]).toEqual({
      kind: 'set-category',
      ticket: 1042,
      became,
      by: OLGA.identity,
      because: '#category',
    });
  });

  test('of what is outside the scope makes it consulting, which a ticket at development stays clear of', () => {
    const levelOf = (level: 'partner' | 'development') =>
      letterOf('#category outside-move', { ticket: ticketOf({ level }) }).changes.flatMap((change) =>
        change.kind === 'set-level' ? change.became : [],
      );
    expect(levelOf('partner')).toEqual(['consulting']);
    expect(levelOf('development')).toEqual([]);
    expect(letterOf('#category errors', { ticket: ticketOf({ level: 'partner' }) }).changes).toHaveLength(1);
  });

  test.each(['#category', '#category вне', '#category песни'])(
    'that names none, or several, is refused with all of them: %s',
    (reply) => {
      const [line] = told(reply);
      expect(line![0]).toBe('failed');
      expect(line![1]).toContain('outside-third-party – Вне поддержки: сторонние программные продукты');
    },
  );
});
