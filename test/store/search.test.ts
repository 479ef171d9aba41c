import { expect, test } from '@jest/globals';
import { indexEntry, searchTickets } from '../../src/store/search.ts';
import { stemsOf } from '../../src/store/stems.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

test.each([
  ['кабинеты', 'кабинет'],
  ['Ещё', 'еще'],
  ['КОРЗИНУ', 'корзина'],
  ['payments', 'payment'],
  ['ошибками', 'ошибка'],
])('%s is found by %s', (written, asked) => {
  expect(stemsOf(written)).toEqual(stemsOf(asked));
});

test('a ticket is found by every word in any form, by its number, and not when one word is missing', () =>
  withStore(async ({ db }) => {
    const id = await openTicket(db, 1);
    const entry = await db
      .insertInto('entries')
      .values({
        ticket_id: id,
        letter_id: 1,
        kind: 'customer',
        author: '',
        author_name: '',
        at: 0,
        subject: '',
        reply: '',
        quoted: '',
        proof: 'none',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await indexEntry(db, entry.id, '10008 Не открываются личные кабинеты покупателей');
    expect(await searchTickets(db, 'личный кабинет', 10)).toEqual([id]);
    expect(await searchTickets(db, '10008', 10)).toEqual([id]);
    expect(await searchTickets(db, 'кабинет склад', 10)).toEqual([]);
  }));

test.each(['"', '* OR 1', "'; drop table tickets; --", 'NEAR(a b)', '()', ''])('%j asks for nothing bad', (query) =>
  withStore(async ({ db }) => {
    expect(await searchTickets(db, query, 10)).toEqual([]);
  }),
);
