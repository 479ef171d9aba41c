import { describe, expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { png } from '../attachments/pictures.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';
import { ANNA, answering, BORIS, type ToAnswer, toCustomers, told, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const OPERATORS: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA, BORIS] } };

let n = 0;
const letterOf = (from: string, to: ToAnswer, change: LetterSketch = {}): LetterSketch => ({
  from,
  subject: 'Re: [#10008] Не печатает',
  messageId: `${++n}@desk.example`,
  text: 'Перезапустите службу печати.\n',
  ...change,
  headers: to.headers,
});
const fromAnna = (to: ToAnswer, change: LetterSketch = {}) => letterOf('anna@desk.example', to, change);
const ivan = (text: string): LetterSketch => ({
  subject: 'Re: [#10008] Не печатает',
  messageId: `${++n}@client.example`,
  text,
});

/** A desk where Ivan has written, and what Anna answers to. */
const withTicket = (use: (desk: TestDesk, notification: ToAnswer) => Promise<void>) =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
    await use(desk, await told(desk, ANNA, 1000));
  }, OPERATORS);

/** The one question among what left; nothing may have gone to the customer. */
function questionIn(sent: readonly LetterSent[]): LetterSent {
  expect(toCustomers(sent).filter(({ message }) => !message.fields.has('auto-submitted'))).toEqual([]);
  const [question, ...others] = toOperators(sent).filter(({ message }) => message.messageId!.includes('.question.'));
  expect(question).toBeDefined();
  expect(others).toEqual([]);
  return question!;
}
const answersIn = (sent: readonly LetterSent[]) =>
  toCustomers(sent).filter(({ message }) => !message.fields.has('auto-submitted'));

test('an operator reads which ticket a stranger named, and an answer that quotes the line goes out without it', () =>
  withTicket(async (desk) => {
    const mallory = { from: 'mallory@evil.example', mailFrom: 'mallory@evil.example' };
    const told = toOperators(await desk.round({ ...ivan('Что там?\n'), ...mallory }))[0]!;
    expect(told.message.text).toContain('относится к обращению 10008');
    const text = `Напишите со своего адреса.\n\n${told.message.text.replace(/^/gm, '> ')}`;
    const subject = `Re: ${told.message.subject}`;
    const [answer] = answersIn(await desk.round({ ...fromAnna(answering(told), { text }), subject }));
    expect(answer?.to).toEqual(['mallory@evil.example']);
    expect(answer?.message.text).not.toContain('10008');
  }));

describe('an answer is held, and its writer asked,', () => {
  test('when the customer wrote after what is answered; the digest says what, «ок» sends it once', () =>
    withTicket(async (desk, notification) => {
      await desk.round(ivan('Уже работает, спасибо, но он шумит.\n'));
      const question = questionIn(await desk.round(fromAnna(notification)));
      expect(question.to).toEqual(['anna@desk.example']);
      expect(question.message.text).toContain('Уже работает, спасибо, но он шумит.');
      expect(question.message.text).toContain('Перезапустите службу печати.');
      expect((await showTicket(desk.store.db, 1000))?.entries).toHaveLength(2);
      const sent = await desk.round(fromAnna(answering(question), { text: 'Ок!\n' }));
      expect(answersIn(sent).map(({ message }) => message.text.trim())).toEqual(['Перезапустите службу печати.']);
      expect(await desk.fates()).toEqual(['opened', 'appended', 'appended', 'command']);
      expect(answersIn(await desk.round(fromAnna(answering(question), { text: 'ok\n' })))).toEqual([]);
    }));

  test('when another operator answered first', () =>
    withTicket(async (desk, notification) => {
      await desk.round(letterOf('boris@desk.example', await told(desk, BORIS, 1000), { text: 'Смотрю.\n' }));
      const question = questionIn(await desk.round(fromAnna(notification)));
      expect(question.message.text).toContain('Борис (ответ клиенту): Смотрю.');
    }));

  test('again, when something new came between the question and the «ок»', () =>
    withTicket(async (desk, notification) => {
      await desk.round(ivan('Ещё вопрос.\n'));
      const question = questionIn(await desk.round(fromAnna(notification)));
      await desk.round(ivan('И ещё один.\n'));
      const second = questionIn(await desk.round(fromAnna(answering(question), { text: 'ок\n' })));
      expect(second.message.text).toContain('И ещё один.');
      expect(second.message.text).not.toContain('Ещё вопрос.');
      expect(answersIn(await desk.round(fromAnna(answering(second), { text: 'да\n' })))).toHaveLength(1);
    }));

  test('when it quotes a note of the desk', () =>
    withTicket(async (desk, notification) => {
      await desk.store.db
        .insertInto('entries')
        .values({
          ticket_id: 1000,
          letter_id: null,
          kind: 'note',
          author: 'boris@desk.example',
          author_name: 'Борис',
          at: 0,
          subject: '',
          reply: 'Клиент опять не оплатил, не спешим.\nПароль от панели лежит в сейфе у Олега.',
          quoted: '',
          proof: 'none',
        })
        .execute();
      const text = 'Добрый день.\n\nПароль от панели лежит в сейфе  у олега.\n';
      expect(questionIn(await desk.round(fromAnna(notification, { text }))).message.text).toContain(
        'внутренней заметки',
      );
    }));

  test('when it goes to somebody who is not on the ticket; «ок» sends it to the people of the ticket only', () =>
    withTicket(async (desk, notification) => {
      const question = questionIn(await desk.round(fromAnna(notification, { cc: 'mallory@evil.example' })));
      expect(question.message.text).toContain('mallory@evil.example');
      const [answer] = answersIn(await desk.round(fromAnna(answering(question), { text: 'yes\n' })));
      expect(answer!.to).toEqual(['ivan@client.example']);
    }));

  test('when a file of it is refused; «ок» sends it with the other ones', () =>
    withTicket(async (desk, notification) => {
      const parts = [
        { contentType: 'image/png', content: png(), filename: 'good.png' },
        { contentType: 'image/png', content: 'MZ', filename: 'bad.png' },
      ];
      const question = questionIn(await desk.round(fromAnna(notification, { parts })));
      // why, in its reader's language, and nothing of what a customer would be told to do
      expect(question.message.text).toContain('bad.png (файл называется картинкой, но ею не является).');
      const [answer] = answersIn(await desk.round(fromAnna(answering(question), { text: 'ок\n' })));
      expect(answer!.message.parts.map(({ filename }) => filename)).toEqual(['good.png']);
    }));

  test('when its subject names another ticket than its token', () =>
    withTicket(async (desk, notification) => {
      await desk.round({
        from: 'olga@other.example',
        subject: 'Другое',
        text: 'Вопрос.\n',
        messageId: 'o@other.example',
      });
      const question = questionIn(await desk.round(fromAnna(notification, { subject: 'Re: [#10019] Другое' })));
      expect(question.message.text).toContain('[#10019]');
    }));

  test('when it holds a letter that is passed on', () =>
    withTicket(async (desk, notification) => {
      const text =
        'Посмотрите.\n\n-------- Forwarded Message --------\nFrom: Olga <olga@other.example>\nTo: anna@desk.example\nSubject: x\n\nСекрет.\n';
      questionIn(await desk.round(fromAnna(notification, { text })));
    }));

  test('when it says what was said already', () =>
    withTicket(async (desk, notification) => {
      expect(answersIn(await desk.round(fromAnna(notification)))).toHaveLength(1);
      questionIn(await desk.round(fromAnna(notification)));
    }));

  test('when it looks like a vacation notice; a notice that answers the question asks no second one', () =>
    withTicket(async (desk, notification) => {
      const vacation = 'Я нахожусь в отпуске до 10 марта. По срочным вопросам обращайтесь к Борису.\n';
      const question = questionIn(await desk.round(fromAnna(notification, { text: vacation })));
      expect(await desk.round(fromAnna(answering(question), { text: vacation }))).toEqual([]);
      expect((await desk.fates()).at(-1)).toBe('automatic');
    }));

  test('when it answers a question with other words than yes or no', () =>
    withTicket(async (desk, notification) => {
      await desk.round(ivan('Ещё вопрос.\n'));
      const question = questionIn(await desk.round(fromAnna(notification)));
      const second = questionIn(await desk.round(fromAnna(answering(question), { text: 'Нет, подождите с этим.\n' })));
      expect(answersIn(await desk.round(fromAnna(answering(second), { text: 'нет\n' })))).toEqual([]);
      expect((await desk.fates()).at(-1)).toBe('command');
    }));

  test.each([
    ['with nothing in it but the history', { text: '02.03.2026 10:00, Ivan пишет:\n> Принтер не печатает.\n' }],
    ['of a novel’s length', { text: `${'слово '.repeat(20_000)}\n` }],
    ['of a log’s lines', { text: 'строка\n'.repeat(6_000) }],
  ])('%s, and an «ок» does not help', (_what, change) =>
    withTicket(async (desk, notification) => {
      const question = questionIn(await desk.round(fromAnna(notification, change)));
      questionIn(await desk.round(fromAnna(notification, { ...change, cc: 'x@evil.example' })));
      expect(answersIn(await desk.round(fromAnna(answering(question), { text: 'ок\n' })))).toEqual([]);
    }),
  );
});

test('an answer waits for as long as the desk says before it leaves', () =>
  withDesk(
    async (desk) => {
      await desk.round({ subject: 'Не печатает' });
      expect(answersIn(await desk.round(fromAnna(await told(desk, ANNA, 1000))))).toEqual([]);
      desk.clock.now += 59_000;
      expect(answersIn(await desk.out.send())).toEqual([]);
      desk.clock.now += 1_000;
      expect(answersIn(await desk.out.send())).toHaveLength(1);
    },
    { rules: { ...RULES, operators: [ANNA], holdMs: 60_000 } },
  ));

test('a note that repeats the customer’s own words keeps nobody from quoting them', () =>
  withTicket(async (desk, notification) => {
    await desk.store.db
      .insertInto('entries')
      .values({
        ticket_id: 1000,
        letter_id: null,
        kind: 'note',
        author: 'boris@desk.example',
        author_name: 'Борис',
        at: 0,
        subject: '',
        reply: 'Принтер не печатает.',
        quoted: '',
        proof: 'none',
      })
      .execute();
    const text = 'Вы пишете: «Принтер не печатает.» Перезапустите его.\n';
    expect(answersIn(await desk.round(fromAnna(notification, { text })))).toHaveLength(1);
  }));

test('a developer answers while the ticket is with development, or his, and not after that', () => {
  const DENIS = { ...BORIS, identity: 'denis@desk.example', address: 'denis@desk.example', role: 'developer' } as const;
  return withDesk(
    async (desk) => {
      await desk.round({ subject: 'Не печатает' });
      const { db } = desk.store;
      await db.updateTable('tickets').set({ level: 'development' }).execute();
      await desk.round(ivan('Ещё.\n'));
      const letter = (text: string) => told(desk, DENIS, 1000).then((to) => letterOf(DENIS.address, to, { text }));
      expect(answersIn(await desk.round(await letter('Правим.\n')))).toHaveLength(1);
      await db.updateTable('tickets').set({ level: 'free' }).execute();
      questionIn(await desk.round(await letter('Исправили.\n')));
      await db.updateTable('tickets').set({ assignee: DENIS.identity }).execute();
      expect(answersIn(await desk.round(await letter('Проверили.\n')))).toHaveLength(1);
    },
    { rules: { ...RULES, operators: [ANNA, DENIS] } },
  );
});

test('an answer to a ticket that has no address waits until #cc names one', () =>
  withDesk(async (desk) => {
    await desk.round({ from: 'a@x.example, b@y.example', subject: 'Не печатает' });
    const to = await told(desk, ANNA, 1000);
    expect(questionIn(await desk.round(fromAnna(to))).message.text).toContain('нет адреса');
    const sent = await desk.round(fromAnna(to, { text: '#cc ivan@client.example\n\nПерезапустите службу печати.\n' }));
    expect(answersIn(sent).map((letter) => letter.to)).toEqual([['ivan@client.example']]);
  }, OPERATORS));
