// A customer who is asked for a mark and answers in his own words, through the running daemon: praise and blame of the desk are
// marks, whatever may wait for it opens the ticket again as well, and a number that counts something is none.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { eventsOf } from '../../src/store/events.ts';
import { type Exchange, openExchange, replying } from './exchange.ts';

jest.setTimeout(90_000);

const LEAD = 'lead@desk.example';

let post: Exchange;
beforeAll(async () => {
  post = await openExchange({
    operators: [{ address: LEAD, name: 'Анна', role: 'lead' }],
    threading: { authservId: 'mx.desk.example' },
  });
  await post.room.start();
});
afterAll(() => post?.close());

let customers = 0;

/** A customer whose matter was solved answers so; gives his marks, and how the ticket stands. */
async function answers(text: string) {
  const from = `customer${++customers}@buyer.example`;
  const { ticket } = await post.write({ from, messageId: `ask-${customers}@buyer.example`, text: 'Не печатает.\n' });
  const closed = await post.room.command(['ticket', 'close', String(ticket)]);
  expect(closed).toMatchObject({ code: 0 });
  const [acknowledged] = post.lettersTo(from);
  const reply = { from, messageId: `mark-${customers}@buyer.example`, ...replying(acknowledged!), text };
  expect(await post.write(reply)).toMatchObject({ disposition: 'appended', ticket });
  return post.room.store(async ({ db }) => {
    const row = await db
      .selectFrom('tickets')
      .select(['id', 'state'])
      .where('number', '=', ticket!)
      .executeTakeFirstOrThrow();
    const marks = (await eventsOf(db, row.id)).filter(({ kind }) => kind === 'rating').map(({ became }) => became);
    return { marks, state: row.state };
  });
}

test('«5 - отличная работа!» is a mark, and the ticket stays resolved', async () => {
  expect(await answers('5 - отличная работа!\n')).toEqual({ marks: ['5'], state: 'resolved' });
});

test('«2 - долго отвечали» is a mark that the lead hears of', async () => {
  expect(await answers('2 - долго отвечали\n')).toEqual({ marks: ['2'], state: 'resolved' });
  expect(post.lettersTo(LEAD).map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/низкую оценку\. Обращение осталось решённым[\s\S]*долго отвечали/),
  );
});

test('«2 - опять не работает» is a mark, and opens the ticket again', async () => {
  expect(await answers('2 - опять не работает\n')).toEqual({ marks: ['2'], state: 'open' });
});

test('«5 заказов не дошли» is no mark', async () => {
  expect(await answers('5 заказов не дошли\n')).toEqual({ marks: [], state: 'open' });
});

test('«Спасибо, Борис!» leaves it resolved without a mark', async () => {
  expect(await answers('Спасибо, Борис!\n')).toEqual({ marks: [], state: 'resolved' });
});
