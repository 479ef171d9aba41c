// Letters of people that come with the marks of machines, by the ways on which they get them: the desk's own group, the form of
// a site, an Exchange server. Somebody hears of each, and nobody is answered whom nothing proves.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { tagsIn } from '../../src/thread/tags.ts';
import { type Exchange, openExchange, replying } from './exchange.ts';

jest.setTimeout(90_000);

const ANNA = 'anna@desk.example';
const GROUP = [
  ['Precedence', 'list'],
  ['List-ID', '<support.desk.example>'],
  ['List-Post', '<mailto:support@desk.example>'],
] as const;
const NOT_ACKNOWLEDGED = /Клиент НЕ получил подтверждения: (.*)/;

let post: Exchange;
beforeAll(async () => {
  post = await openExchange({
    operators: [{ address: ANNA, name: 'Анна' }],
    threading: { authservId: 'mx.desk.example' },
    requests: { forms: [{ sender: 'form@shop.example' }] },
  });
  await post.room.start();
});
afterAll(() => post?.close());

/** What Anna reads of the letters with these words. */
const annaReads = (words: string): readonly string[] =>
  post.lettersTo(ANNA).flatMap(({ text }) => (text.includes(words) ? [text] : []));

const stateOf = (ticket: string | null): Promise<string> =>
  post.room.store(async ({ db }) => {
    const rows = await db.selectFrom('tickets').select(['number', 'state']).execute();
    return rows.find(({ number }) => number === ticket)!.state;
  });

/** As if everything that has left had left so much earlier. */
const earlier = (ms: number) =>
  post.room.store(({ db }) =>
    db
      .updateTable('outbox')
      .set((row) => ({ settled_at: row('settled_at', '-', ms), created_at: row('created_at', '-', ms) }))
      .execute(),
  );

describe('a customer who writes to the desk’s own group', () => {
  test('gets a number where the server proves who wrote', async () => {
    const from = 'Olga <olga@veter.example>';
    const text = 'Не проходит оплата по счёту.\n';
    const { disposition } = await post.write({ from, messageId: 'group-1@veter.example', headers: GROUP, text });
    expect(disposition).toBe('opened');
    expect(post.lettersTo('olga@veter.example')).toHaveLength(1);
    expect(annaReads(text.trim())[0]).not.toMatch(NOT_ACKNOWLEDGED);
  });

  test('is heard where it does not, and the operator knows that nobody answered him', async () => {
    const from = 'Pavel <pavel@veter.example>';
    const letter = { from, messageId: 'group-2@veter.example', headers: GROUP, text: 'Выгрузка заказов встала.\n' };
    expect(await post.write(letter, { result: 'dmarc=none' })).toMatchObject({ disposition: 'opened' });
    expect(post.lettersTo('pavel@veter.example')).toEqual([]);
    expect(NOT_ACKNOWLEDGED.exec(annaReads('Выгрузка заказов')[0]!)![1]).toMatch(/через группу/);
  });
});

describe('a buyer who fills in the form of a site', () => {
  test('gets the number where the desk listens to that form, and his answers find the ticket', async () => {
    const { ticket } = await post.write({
      from: 'Магазин <form@shop.example>',
      messageId: 'form-1@shop.example',
      headers: [
        ['Reply-To', 'Иван <ivan@buyer.example>'],
        ['Auto-Submitted', 'auto-generated'],
      ],
      text: 'Кнопка заказа не нажимается.\n',
    });
    const [number] = post.lettersTo('ivan@buyer.example');
    expect(tagsIn(number!.subject)).toEqual([ticket]);
    const again = {
      from: 'ivan@buyer.example',
      messageId: 'form-2@buyer.example',
      ...replying(number!),
      text: 'И в Safari.\n',
    };
    expect(await post.write(again)).toMatchObject({ disposition: 'appended', ticket });
  });

  test('is heard by way of any other, and the operator knows why he got no number', async () => {
    const { disposition } = await post.write({
      from: 'Лавка <noreply@lavka.example>',
      messageId: 'form-3@lavka.example',
      headers: [['Reply-To', 'Пётр <petr@buyer.example>']],
      text: 'Корзина пустеет сама.\n',
    });
    expect(disposition).toBe('opened');
    expect(post.lettersTo('petr@buyer.example')).toEqual([]);
    const [told] = annaReads('Корзина пустеет');
    expect(told).toContain('petr@buyer.example');
    expect(NOT_ACKNOWLEDGED.exec(told!)![1]).toMatch(/^кто писал, известно только из Reply-To/);
  });
});

describe('a customer whose server marks all of his letters', () => {
  const from = 'Кассир <kassa@luch.example>';
  const MARK = ['X-Auto-Response-Suppress', 'DR, OOF, AutoReply'] as const;

  test('reopens his ticket when he answers, and is heard without reopening it when something answers at once', async () => {
    const { ticket } = await post.write({
      from,
      messageId: 'kassa-1@luch.example',
      text: 'Касса не открывает смену.\n',
    });
    const [number] = post.lettersTo('kassa@luch.example');
    const answer = ({ subject, headers }: ReturnType<typeof replying>) => ({ subject, headers: [...headers, MARK] });
    await post.room.command(['set', ticket!, '--state', 'resolved']);

    const atOnce = { from, messageId: 'kassa-2@luch.example', ...answer(replying(number!)), text: 'Письмо принято.\n' };
    expect(await post.write(atOnce)).toMatchObject({ disposition: 'appended', ticket });
    expect(annaReads('Письмо принято')).toHaveLength(1);
    expect(await stateOf(ticket)).toBe('resolved');

    await earlier(180_000);
    const later = {
      from,
      messageId: 'kassa-3@luch.example',
      ...answer(replying(number!)),
      text: 'Смена снова не открывается, срочно!\n',
    };
    expect(await post.write(later)).toMatchObject({ disposition: 'appended', ticket });
    expect(annaReads('снова не открывается')).toHaveLength(1);
    expect(await stateOf(ticket)).toBe('open');
    // the number was all that ever went back: two robots have nothing to answer
    expect(post.lettersTo('kassa@luch.example')).toHaveLength(1);
  });
});
