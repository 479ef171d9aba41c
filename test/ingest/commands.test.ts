// Operators' commands by letter: what each does to the ticket, what the customer hears and what the operator is told.

import { describe, expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { openReadyAnswers } from '../../src/outbox/ready-answers.ts';
import { eventsOf } from '../../src/store/events.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';
import { ANNA, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const HOURS = { ru: 'по будням', en: 'weekdays' };
const DESK = { name: 'Служба', address: 'support@desk.example', site: null, hours: HOURS, timeZone: 'Europe/Moscow' };
const OPERATORS: Partial<IngestDeps> = {
  rules: { ...RULES, operators: [ANNA, BORIS], readyAnswers: openReadyAnswers(undefined, DESK, () => 0) },
};

/** A desk where Ivan has written his first letter. */
const withTicket = (use: (desk: TestDesk) => Promise<void>, change: Partial<IngestDeps> = OPERATORS) =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
    await use(desk);
  }, change);

let n = 0;

/** Anna answers her newest notification of a ticket; gives what left. */
async function anna(desk: TestDesk, text: string, change: LetterSketch & { readonly about?: number } = {}) {
  const { about = 1000, ...letter } = change;
  desk.clock.now += 60_000;
  const { headers } = await told(desk, ANNA, about);
  const sent = await desk.round({
    from: 'Анна <anna@desk.example>',
    subject: 'Re: Не печатает',
    messageId: `command${++n}@desk.example`,
    text,
    headers,
    ...letter,
  });
  return {
    customers: toCustomers(sent),
    transcript: toOperators(sent).find(({ raw }) => /^Auto-Submitted: auto-replied/m.test(raw.toString('latin1'))),
  };
}

const ivan = (desk: TestDesk, change: LetterSketch = {}) => {
  desk.clock.now += 60_000;
  return desk.round({ subject: 'Re: [#10008]', messageId: `more${++n}@client.example`, ...change });
};

const ticket = async ({ store: { db } }: TestDesk, id = 1000) => (await showTicket(db, id))!;
const events = async ({ store: { db } }: TestDesk, id = 1000) =>
  (await eventsOf(db, id))
    .filter(({ kind }) => kind !== 'deadline')
    .map(({ kind, was, became }) => [kind, was, became]);
const textOf = (letter: LetterSent | undefined) => letter!.message.text;

describe('#close', () => {
  test('sends the solution with a request for a mark, and tells the operator', () =>
    withTicket(async (desk) => {
      const { customers, transcript } = await anna(desk, '#закрыть\n\nОбновите драйвер.\n');
      expect(customers).toHaveLength(1);
      expect(textOf(customers[0])).toMatch(/^Обновите драйвер\.\n\nМы считаем вопрос решённым\..*от 1 .* до 5/s);
      expect(textOf(customers[0])).not.toContain('#закрыть');
      expect(textOf(transcript)).toContain('#закрыть');
      expect(textOf(transcript)).toContain('обращение решено');
      expect((await ticket(desk)).ticket).toMatchObject({ state: 'resolved', due_at: null });
    }));

  test('stops the clock when the answer has left, and by the answer', () =>
    withTicket(async (desk) => {
      await anna(desk, '#close\nОбновите драйвер.\n');
      const clocks = await desk.store.db.selectFrom('clocks').selectAll().execute();
      expect(clocks).toMatchObject([{ stopped_because: 'answered', stopped_at: desk.clock.now }]);
    }));

  test('without a text sends the customer nothing', () =>
    withTicket(async (desk) => {
      const { customers, transcript } = await anna(desk, '#close\n');
      expect(customers).toEqual([]);
      expect(textOf(transcript)).toContain('Клиенту ничего не отправлено.');
      const { ticket: shown, entries } = await ticket(desk);
      expect(shown.state).toBe('resolved');
      expect(entries).toHaveLength(1);
    }));

  test('is undone by the customer’s next letter', () =>
    withTicket(async (desk) => {
      await anna(desk, '#close\nОбновите драйвер.\n');
      await ivan(desk, { text: 'Не помогло: всё так же не печатает.\n' });
      expect((await ticket(desk)).ticket.state).toBe('open');
    }));
});

describe('a letter with a command that cannot be done', () => {
  test.each(['#clsoe\nГотово.\n', '#level partner\n#assign Фёдор\n\nГотово.\n'])(
    'changes nothing, sends the customer nothing, and says what would work: %j',
    (text) =>
      withTicket(async (desk) => {
        const before = (await ticket(desk)).ticket;
        const { customers, transcript } = await anna(desk, text);
        expect(customers).toEqual([]);
        expect(textOf(transcript)).toMatch(/может быть, #close\?|есть Анна/);
        expect(textOf(transcript)).toContain('Ваш текст: Готово.');
        const { ticket: after, entries } = await ticket(desk);
        expect([after, entries.length]).toEqual([before, 1]);
        expect(await events(desk)).toEqual([]);
        expect((await desk.fates()).at(-1)).toBe('command');
      }),
  );

  test('by the transcript of which it can be sent again', () =>
    withTicket(async (desk) => {
      const { transcript } = await anna(desk, '#clsoe\nГотово.\n');
      const { customers } = await anna(desk, '#close\nГотово.\n', {
        headers: [],
        to: transcript!.message.replyTo[0]!.address,
      });
      expect(textOf(customers[0])).toMatch(/^Готово\./);
    }));
});

test('#defer tells the customer the regulation’s reason under the desk’s name, even without a text', () =>
  withTicket(async (desk) => {
    const { customers } = await anna(desk, '#отложить доступ\n');
    expect(customers).toHaveLength(1);
    expect(textOf(customers[0])).toContain('пункт 2): Пользователь не предоставил доступ к своему сайту.');
    expect(customers[0]!.message.from).toEqual([{ name: 'Служба поддержки', address: 'support@desk.example' }]);
    expect((await ticket(desk)).ticket.state).toBe('deferred');
    expect(await events(desk)).toEqual([
      ['deferral', null, '2'],
      ['state', 'new', 'deferred'],
    ]);
    await ivan(desk, { text: 'Вот доступ.\n' });
    expect((await ticket(desk)).ticket.state).toBe('open');
  }));

test('#defer with a text sends both under the operator’s name', () =>
  withTicket(async (desk) => {
    const { customers } = await anna(desk, '#defer 2\nПришлите доступ.\n');
    expect(customers[0]!.message.from[0]!.name).toBe('Анна');
    expect(textOf(customers[0])).toMatch(/^Пришлите доступ\.\n\nРешение вопроса откладывается/);
  }));

test('#level changes the level and with it the deadline', () =>
  withTicket(async (desk) => {
    const before = (await ticket(desk)).ticket.due_at!;
    await anna(desk, '#level partner');
    const { ticket: after } = await ticket(desk);
    expect(after).toMatchObject({ level: 'partner', level_because: '#level', state: 'new' });
    expect(after.due_at).toBeLessThan(before);
    expect(await events(desk)).toEqual([['level', 'free', 'partner']]);
  }));

test('#critical and #assign are written down with who said so', () =>
  withTicket(async (desk) => {
    await anna(desk, '#срочно\n#назначить Борис');
    expect((await ticket(desk)).ticket).toMatchObject({ critical: 'yes', assignee: BORIS.identity });
    const rows = await eventsOf(desk.store.db, 1000);
    expect(rows.map(({ kind, by_whom }) => [kind, by_whom])).toEqual([
      ['critical', ANNA.identity],
      ['assignee', ANNA.identity],
    ]);
    expect(rows.every(({ letter_id }) => letter_id !== null)).toBe(true);
  }));

test('#note stays with the desk', () =>
  withTicket(async (desk) => {
    const { customers } = await anna(desk, '#заметка\nКлиент третий раз спрашивает.\n');
    expect(customers).toEqual([]);
    const { ticket: shown, entries } = await ticket(desk);
    expect(shown.state).toBe('new');
    expect(entries.at(-1)).toMatchObject({
      kind: 'note',
      author: ANNA.identity,
      reply: 'Клиент третий раз спрашивает.',
    });
  }));

test('#answer sends the ready answer, and the transcript shows it whole', () =>
  withTicket(async (desk) => {
    const { customers, transcript } = await anna(desk, '#ответ хостинг\n\nУдачи!\n');
    expect(textOf(customers[0])).toMatch(/^Здравствуйте!\n\nУслуг хостинг-провайдера мы не оказываем.*Удачи!\n?$/s);
    expect(textOf(transcript)).toContain('Услуг хостинг-провайдера мы не оказываем');
  }));

test('#answer beside a #note makes two entries, and only one of them leaves', () =>
  withTicket(async (desk) => {
    const { customers } = await anna(desk, '#answer hosting\n#note\nОпять он.\n');
    expect(textOf(customers[0])).not.toContain('Опять он');
    expect((await ticket(desk)).entries.map(({ kind }) => kind)).toEqual(['customer', 'note', 'answer']);
  }));

test('#cc sends this answer to the new address too, and lets it write to the ticket', () =>
  withTicket(async (desk) => {
    const { customers } = await anna(desk, '#cc bukh@client.example\nСчёт оплачен.\n');
    expect(customers[0]!.to).toEqual(['ivan@client.example', 'bukh@client.example']);
    await ivan(desk, { from: 'bukh@client.example', text: 'Получили.\n' });
    expect((await desk.fates()).at(-1)).toBe('appended');
  }));

describe('#merge', () => {
  const merged = (use: (desk: TestDesk) => Promise<void>) =>
    withTicket(async (desk) => {
      await desk.round({
        from: 'olga@client.example',
        subject: 'Тоже не печатает',
        messageId: 'second@client.example',
      });
      await anna(desk, '#объединить 10008', { about: 1001 });
      await use(desk);
    });

  test('lets the people of the ticket go on in the other one', () =>
    merged(async (desk) => {
      expect((await ticket(desk, 1001)).ticket).toMatchObject({ state: 'merged', merged_into: 1000, due_at: null });
      await desk.round({ from: 'olga@client.example', subject: 'Re: [#10019]', messageId: 'third@client.example' });
      const { entries, participants } = await ticket(desk);
      expect(entries.map(({ author }) => author)).toEqual(['ivan@client.example', 'olga@client.example']);
      expect(participants.map(({ address }) => address)).toContain('olga@client.example');
    }));

  test('takes the clocks along', () =>
    merged(async (desk) => {
      const clocks = await desk.store.db.selectFrom('clocks').select(['ticket_id', 'stopped_at']).execute();
      expect(clocks).toEqual([
        { ticket_id: 1000, stopped_at: null },
        { ticket_id: 1000, stopped_at: null },
      ]);
    }));

  test('sends its text to the people of both', () =>
    withTicket(async (desk) => {
      await desk.round({
        from: 'olga@client.example',
        subject: 'Тоже не печатает',
        messageId: 'second@client.example',
      });
      const { customers } = await anna(desk, '#merge 10008\nЧиним.\n', { about: 1001 });
      expect(customers[0]).toMatchObject({ to: ['ivan@client.example', 'olga@client.example'] });
      expect(customers[0]!.message.subject).toContain('[#10008]');
    }));
});

test('#split makes a ticket of the last letter, with its clock, and answers to it go there', () =>
  withTicket(async (desk) => {
    await ivan(desk, { subject: 'Re: [#10008] Счёт', text: 'И пришлите счёт.\n', messageId: 'bill@client.example' });
    const { customers, transcript } = await anna(desk, '#разделить');
    expect(textOf(transcript)).toContain('выйдет новое обращение');
    expect(customers.map(({ message }) => message.text)).toEqual([expect.stringContaining('Номер обращения: 10019')]);
    const made = await ticket(desk, 1001);
    expect(made.ticket).toMatchObject({ state: 'new', related_to: 1000, requester: 'ivan@client.example' });
    expect(made.entries.map(({ reply }) => reply.trim())).toEqual(['И пришлите счёт.']);
    expect(made.ticket.due_at).not.toBeNull();
    expect((await ticket(desk)).entries).toHaveLength(1);
    await desk.round({
      subject: 'Счёт',
      messageId: 'reply@client.example',
      headers: [['References', '<bill@client.example>']],
      text: 'Ещё реквизиты.\n',
    });
    expect((await ticket(desk, 1001)).entries).toHaveLength(2);
    const answered = await anna(desk, 'Реквизиты те же.\n', { about: 1001 });
    expect(answered.customers[0]!.message.subject).toContain('[#10019]');
  }));

test('#spam closes the ticket, and letters to it are kept and acknowledged no more', () =>
  withTicket(async (desk) => {
    const { customers } = await anna(desk, '#спам\nРеклама.\n');
    expect(customers).toEqual([]);
    desk.clock.now += 2 * 3_600_000;
    const sent = await ivan(desk, { text: 'Купите ещё что-нибудь.\n' });
    expect(toCustomers(sent)).toEqual([]);
    const { ticket: shown, entries } = await ticket(desk);
    expect(shown).toMatchObject({ state: 'spam', due_at: null });
    expect(entries.map(({ kind }) => kind)).toEqual(['customer', 'note', 'customer']);
    // the person is not muted: another matter of theirs is acknowledged
    expect(toCustomers(await ivan(desk, { subject: 'Другое', text: 'Вопрос о доставке.\n' }))).toHaveLength(1);
  }));

describe('#undo', () => {
  const HOLD: Partial<IngestDeps> = { rules: { ...OPERATORS.rules!, holdMs: 300_000 } };

  test('takes an answer back that waits, and what came with it', () =>
    withTicket(async (desk) => {
      const { customers } = await anna(desk, '#close\n#level partner\nГотово.\n');
      expect(customers).toEqual([]);
      const { transcript } = await anna(desk, '#отменить');
      expect(textOf(transcript)).toContain('ответ клиенту не уйдёт');
      desk.clock.now += 600_000;
      expect(toCustomers(await desk.out.send())).toEqual([]);
      const { ticket: shown, entries } = await ticket(desk);
      expect(shown).toMatchObject({ state: 'new', level: 'free' });
      expect(shown.due_at).not.toBeNull();
      expect(entries.map(({ kind }) => kind)).toEqual(['customer', 'note']);
    }, HOLD));

  test('of an answer that has left is refused, and of commands is not', () =>
    withTicket(async (desk) => {
      await anna(desk, '#close\nГотово.\n');
      expect(textOf((await anna(desk, '#undo')).transcript)).toContain('уже ушёл');
      expect((await ticket(desk)).ticket.state).toBe('resolved');
      await anna(desk, '#reopen');
      await anna(desk, '#undo');
      expect((await ticket(desk)).ticket.state).toBe('resolved');
    }));

  test('of an undo is nothing', () =>
    withTicket(async (desk) => {
      await anna(desk, '#level partner');
      await anna(desk, '#undo');
      expect(textOf((await anna(desk, '#undo')).transcript)).toContain('нет');
      expect((await ticket(desk)).ticket.level).toBe('free');
      expect(await events(desk)).toEqual([
        ['level', 'free', 'partner'],
        ['level', 'partner', 'free'],
      ]);
    }));
});

test('#phone in a letter on no ticket opens one for who called, once the operator stands for it', () =>
  withDesk(async (desk) => {
    await desk.round({
      from: 'anna@desk.example',
      subject: 'Звонок',
      messageId: 'call@desk.example',
      text: '#звонок gleb@client.example\nПросит перезвонить о возврате.\n',
    });
    const question = await desk.store.db
      .selectFrom('outbox')
      .select('message_id')
      .where('kind', '=', 'question')
      .executeTakeFirstOrThrow();
    const sent = await desk.round({
      from: 'anna@desk.example',
      subject: 'Re',
      messageId: 'yes@desk.example',
      text: 'ок\n',
      headers: [['In-Reply-To', `<${question.message_id}>`]],
    });
    expect(toCustomers(sent)).toMatchObject([{ to: ['gleb@client.example'] }]);
    const { ticket: made, entries } = await ticket(desk);
    expect(made).toMatchObject({ state: 'new', requester: 'gleb@client.example' });
    expect(entries).toMatchObject([{ kind: 'phone', reply: 'Просит перезвонить о возврате.' }]);
    // Anna is told that it is done, Boris that it is there
    expect(
      toOperators(sent)
        .map(({ to }) => to[0])
        .toSorted(),
    ).toContain(ANNA.address);
  }, OPERATORS));

test('#status and #help answer the operator alone', () =>
  withTicket(async (desk) => {
    const { customers, transcript } = await anna(desk, '#статус\n#помощь');
    expect(customers).toEqual([]);
    for (const words of ['состояние: новое', 'уровень: бесплатная поддержка', '#закрыть', '#отложить <причина'])
      expect(textOf(transcript)).toContain(words);
  }));

describe('what guards hold back', () => {
  test('is not changed by its commands either, and both happen when the operator stands for it', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      await ivan(desk, { text: 'Уже печатает!\n' });
      const { customers } = await anna(desk, '#close\nОбновите драйвер.\n', { headers });
      expect(customers).toEqual([]);
      expect((await ticket(desk)).ticket.state).not.toBe('resolved');
      const question = await desk.store.db
        .selectFrom('outbox')
        .select('message_id')
        .where('kind', '=', 'question')
        .executeTakeFirstOrThrow();
      const agreed = await anna(desk, 'ок\n', { headers: [['In-Reply-To', `<${question.message_id}>`]] });
      expect(textOf(agreed.customers[0])).toMatch(/^Обновите драйвер\./);
      expect((await ticket(desk)).ticket.state).toBe('resolved');
    }));

  test('a customer’s commands are text', () =>
    withTicket(async (desk) => {
      await ivan(desk, { text: '#close\n#spam\n' });
      expect((await ticket(desk)).ticket.state).toBe('new');
    }));
});
