import { describe, expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { png } from '../attachments/pictures.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { ANNA, answering, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const OPERATORS: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA, BORIS] } };
const withOperators = (use: (desk: TestDesk) => Promise<void>) => withDesk(use, OPERATORS);

const FORWARDED = [
  'Это к нам.',
  '',
  '-------- Пересылаемое сообщение --------',
  'От кого: Пётр Сидоров <petr@shop.example>',
  'Кому: anna@desk.example',
  'Дата: Понедельник, 2 марта 2026, 9:58 +03:00',
  'Тема: Корзина',
  '',
  'Корзина не открывается.',
  '',
].join('\n');
const forward = (change: LetterSketch = {}): LetterSketch => ({
  from: 'Анна <anna@desk.example>',
  subject: 'Fwd: Корзина',
  messageId: 'forward@desk.example',
  text: FORWARDED,
  ...change,
});
const yes = (question: LetterSent, change: LetterSketch = {}): LetterSketch => ({
  from: 'anna@desk.example',
  subject: `Re: ${question.message.subject}`,
  messageId: 'yes@desk.example',
  text: 'Да.\n',
  ...change,
  headers: answering(question).headers,
});

/** Hands a forwarded letter in, and says yes to the question about it. Gives what left after that. */
async function confirmed(desk: TestDesk, letter: LetterSketch): Promise<readonly LetterSent[]> {
  const [question] = await desk.round(letter);
  return desk.round(yes(question!));
}

describe('a letter that an operator passes on', () => {
  test('is set aside until he says that it was him; the question says for whom a ticket is opened', () =>
    withOperators(async (desk) => {
      const [question, ...others] = await desk.round(forward());
      expect(others).toEqual([]);
      expect(question!.to).toEqual(['anna@desk.example']);
      expect(question!.message.text).toContain('petr@shop.example');
      expect(await desk.fates()).toEqual(['quarantined']);
    }));

  test('becomes a ticket of its writer, who gets the number, while all operators hear of it', () =>
    withOperators(async (desk) => {
      const sent = await confirmed(desk, forward());
      expect(await desk.fates()).toEqual(['opened', 'command']);
      expect(await showTicket(desk.store.db, 1000)).toMatchObject({
        ticket: { requester: 'petr@shop.example', requester_name: 'Пётр Сидоров', subject: 'Корзина', state: 'new' },
        participants: [{ address: 'petr@shop.example' }],
        entries: [
          { kind: 'customer', author: 'petr@shop.example', reply: 'Корзина не открывается.' },
          { kind: 'note', author: 'anna@desk.example', reply: 'Это к нам.' },
        ],
      });
      const [acknowledgement] = toCustomers(sent);
      expect(acknowledgement).toMatchObject({ to: ['petr@shop.example'] });
      expect(acknowledgement!.raw.toString('latin1')).not.toMatch(/anna@|forward@/);
      expect(toOperators(sent).map(({ to }) => to[0])).toEqual(['anna@desk.example', 'boris@desk.example']);
    }));

  test('with his pictures keeps them, and his answer to the notification reaches the writer', () =>
    withOperators(async (desk) => {
      const picture = { contentType: 'image/png', content: png(), filename: 'снимок.png' };
      await confirmed(desk, forward({ parts: [picture] }));
      expect((await showTicket(desk.store.db, 1000))?.entries[0]?.attachments).toMatchObject([{ verdict: 'accepted' }]);
      const sent = await desk.round({
        from: 'anna@desk.example',
        subject: 'Re: [#10008] Корзина',
        messageId: 'answer@desk.example',
        headers: (await told(desk, ANNA, 1000)).headers,
        text: 'Готово.\n',
      });
      const [answer] = toCustomers(sent);
      expect(answer).toMatchObject({ to: ['petr@shop.example'] });
      // he never saw the operator's letter, and his client must not be told of it
      expect(answer!.message.references.every((id) => id.endsWith('@kvitok.desk.example'))).toBe(true);
    }));

  test('as an attachment is read from there, and answers thread with the letter itself', () =>
    withOperators(async (desk) => {
      const inner = raw({
        from: 'petr@shop.example',
        subject: 'Корзина',
        messageId: 'inner@shop.example',
        text: 'Корзина не открывается.\n',
      });
      const part = { contentType: 'message/rfc822', content: inner, filename: 'Корзина.eml' };
      const sent = await confirmed(desk, forward({ text: 'Это к нам.\n', parts: [part] }));
      const [acknowledgement] = toCustomers(sent);
      expect(acknowledgement!.message.fields.first('in-reply-to')).toBe('<inner@shop.example>');
      expect(acknowledgement!.message.text).not.toContain('Корзина.eml');
    }));

  test('that its writer’s ticket is named in becomes an entry of that ticket', () =>
    withOperators(async (desk) => {
      await desk.round({ from: 'petr@shop.example', subject: 'Корзина', text: 'Не открывается.\n' });
      await confirmed(desk, forward({ subject: 'Fwd: [#10008] Корзина' }));
      expect((await showTicket(desk.store.db, 1000))?.entries).toMatchObject([
        { kind: 'customer' },
        { kind: 'customer', reply: 'Корзина не открывается.' },
        { kind: 'note' },
      ]);
    }));

  test('and that he gives up stays where it is', () =>
    withOperators(async (desk) => {
      const [question] = await desk.round(forward());
      await desk.round(yes(question!, { text: 'Нет, это не я.\n' }));
      expect(await desk.fates()).toEqual(['quarantined', 'command']);
      expect(await desk.store.db.selectFrom('letters').select('because').where('id', '=', 1).execute()).toEqual([
        { because: 'given up by Анна' },
      ]);
    }));

  test('is asked about again when the answer is neither yes nor no', () =>
    withOperators(async (desk) => {
      const [question] = await desk.round(forward());
      const [again] = await desk.round(yes(question!, { text: 'А что это за письмо?\n' }));
      expect(again!.message.text).toContain('«да» или «нет»');
      expect(await desk.fates()).toEqual(['quarantined', 'command']);
      await desk.round(yes(again!, { messageId: 'yes2@desk.example' }));
      expect(await desk.fates()).toEqual(['opened', 'command', 'command']);
    }));
});

test('a yes by somebody who only knows the question releases nothing', () =>
  withOperators(async (desk) => {
    const [question] = await desk.round(forward());
    const stranger = yes(question!, { from: 'mallory@evil.example', to: answering(question!).replyTo });
    expect(toCustomers(await desk.round(stranger)).map(({ to }) => to)).toEqual([]);
    const other = yes(question!, { from: 'boris@desk.example', messageId: 'b@x' });
    await desk.round(other);
    expect((await desk.fates())[0]).toBe('quarantined');
    expect(
      await desk.store.db.selectFrom('tickets').where('requester', '=', 'petr@shop.example').select('id').execute(),
    ).toEqual([]);
  }));

test('an operator’s own matter is a ticket of his once he says so, and its answers go to him', () =>
  withOperators(async (desk) => {
    const sent = await confirmed(desk, { from: 'anna@desk.example', subject: 'Мой принтер', text: 'Не печатает.\n' });
    expect(await desk.fates()).toEqual(['opened', 'command']);
    expect(sent.map(({ to }) => to[0])).toEqual(['boris@desk.example']);
    await desk.round({
      from: 'anna@desk.example',
      messageId: 'm2@x',
      subject: 'Re: [#10008] Мой принтер',
      text: 'И шумит.\n',
    });
    expect((await desk.fates()).at(-1)).toBe('appended');
  }));

test('a forger’s letters are asked about three times an hour, and the rest in one list, not one by one', () =>
  withOperators(async (desk) => {
    const sent = await desk.round(
      ...[1, 2, 3, 4, 5].map((n) => forward({ messageId: `${n}@evil.example`, text: `${n}\n`, subject: `${n}` })),
    );
    expect(sent.map(({ message }) => message.subject)).toEqual([
      ...[1, 2, 3].map((n) => `Это письмо от вас? ${n}`),
      'Ждут вашего решения письма: 5',
    ]);
    expect(await desk.fates()).toEqual(Array(5).fill('quarantined'));
    expect(desk.log.lines.filter(({ fields }) => fields.event === 'operator-unproven')).toHaveLength(5);
    desk.clock.now += 61 * 60_000;
    expect(await desk.round(forward({ messageId: '6@evil.example', text: '6\n' }))).toHaveLength(1);
  }));
