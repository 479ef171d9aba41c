// A customer's mark for the solution: on the ticket, thanked for, told to the leads where it is low, and undone by nothing.

import { expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { eventsOf } from '../../src/store/events.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { ANNA, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';

const LEAD = { ...BORIS, role: 'lead' } as const;
const DESK: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA, LEAD] } };

/** A desk where Anna has solved Ivan's matter. */
const withSolution = (use: (desk: TestDesk) => Promise<void>) =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', messageId: 'first@client.example' });
    const { headers } = await told(desk, ANNA, 1000);
    desk.clock.now += 60_000;
    await desk.round({
      from: 'anna@desk.example',
      subject: 'Re: Не печатает',
      messageId: 'solution@desk.example',
      headers,
      text: '#close\nОбновите драйвер.\n',
    });
    await use(desk);
  }, DESK);

let n = 0;
const ivan = (desk: TestDesk, text: string) => {
  desk.clock.now += 60_000;
  return desk.round({ subject: 'Re: [#10008]', messageId: `mark${++n}@client.example`, text });
};
const marks = async ({ store: { db } }: TestDesk) =>
  (await eventsOf(db, 1000)).filter(({ kind }) => kind === 'rating').map(({ was, became }) => [was, became]);
const ticket = async ({ store: { db } }: TestDesk) => (await showTicket(db, 1000))!;

test('a mark stands on the resolved ticket, is thanked for, and tells how to reopen', () =>
  withSolution(async (desk) => {
    const sent = await ivan(desk, '5\nБыстро помогли.\n');
    expect(toCustomers(sent).map(({ message }) => message.text)).toEqual([
      expect.stringMatching(/Ваша оценка: 5 из 5\.[\s\S]*обращение 10008 откроется снова/),
    ]);
    expect(toOperators(sent)).toEqual([]);
    expect(await marks(desk)).toEqual([[null, '5']]);
    const { ticket: shown, entries } = await ticket(desk);
    expect(shown).toMatchObject({ state: 'resolved', due_at: null });
    expect(entries.at(-1)).toMatchObject({ kind: 'rating', reply: expect.stringContaining('Быстро помогли.') });
  }));

test.each(['1', '2\nДолго отвечали.', '1 – грубость вместо поддержки'])(
  'a low mark is told to the lead alone: %j',
  (text) =>
    withSolution(async (desk) => {
      const letters = toOperators(await ivan(desk, `${text}\n`));
      expect(letters.map(({ to }) => to)).toEqual([[LEAD.address]]);
      expect(letters[0]!.message.text).toMatch(new RegExp(`низкую оценку[\\s\\S]*${text.split('\n').at(-1)}`));
      expect((await ticket(desk)).ticket.state).toBe('resolved');
    }),
);

test('a low mark of somebody whose matter goes on opens the ticket again, and the lead reads both in one letter', () =>
  withSolution(async (desk) => {
    const letters = toOperators(await ivan(desk, '2\nТак и не работает.\n'));
    expect(letters.map(({ to }) => to)).toEqual([['anna@desk.example'], [LEAD.address]]);
    expect(await marks(desk)).toEqual([[null, '2']]);
    expect((await ticket(desk)).ticket.state).toBe('open');
  }));

test('a mark with a question is a mark, and opens the ticket again', () =>
  withSolution(async (desk) => {
    await ivan(desk, '4\nА как обновить его на втором компьютере?\n');
    expect(await marks(desk)).toEqual([[null, '4']]);
    const { ticket: shown, entries } = await ticket(desk);
    expect(shown.state).toBe('open');
    expect(shown.due_at).not.toBeNull();
    expect(entries.at(-1)!.kind).toBe('customer');
  }));

test('a second mark says which one it replaces', () =>
  withSolution(async (desk) => {
    await ivan(desk, '2\n');
    await ivan(desk, '5\n');
    expect(await marks(desk)).toEqual([
      [null, '2'],
      ['2', '5'],
    ]);
  }));

test('an answer to the thanks opens the ticket again, and that is written down', () =>
  withSolution(async (desk) => {
    const [thanks] = toCustomers(await ivan(desk, '3\n'));
    desk.clock.now += 60_000;
    await desk.round({
      to: thanks!.message.replyTo[0]!.address,
      subject: 'Re: Спасибо за оценку',
      messageId: 'again@client.example',
      text: 'Опять не печатает.\n',
    });
    expect((await ticket(desk)).ticket.state).toBe('open');
    const moves = (await eventsOf(desk.store.db, 1000)).filter(({ kind }) => kind === 'state');
    expect(moves.at(-1)).toMatchObject({ was: 'resolved', became: 'open', by_whom: 'kvitok' });
  }));

test('a number on a ticket that is not resolved is text', () =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', messageId: 'first@client.example' });
    await ivan(desk, '5\n');
    expect(await marks(desk)).toEqual([]);
    expect((await ticket(desk)).entries.at(-1)!.kind).toBe('customer');
  }, DESK));

test('a stranger who names the ticket gives no mark', () =>
  withSolution(async (desk) => {
    await desk.round({
      from: 'mallory@else.example',
      subject: 'Re: [#10008]',
      messageId: 'm@else.example',
      text: '1\n',
    });
    expect(await marks(desk)).toEqual([]);
  }));
