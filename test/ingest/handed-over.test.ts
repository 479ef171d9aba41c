// Tickets that are handed on by commands: who gets them has the customer's letter before him, and can answer it.

import { expect, test } from '@jest/globals';
import type { Operator } from '../../src/desk/operators.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { ANNA, answering, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';

const QUIET: Operator = {
  ...BORIS,
  identity: 'quiet@desk.example',
  address: 'quiet@desk.example',
  name: 'Вера',
  notify: false,
};
const DENIS: Operator = {
  ...BORIS,
  identity: 'denis@desk.example',
  address: 'denis@desk.example',
  name: 'Денис',
  role: 'developer',
};

/** A desk where Ivan has written, and Anna writes `words` back; `use` gets what operators are sent then. */
const afterAnna = (words: string, use: (desk: TestDesk, sent: ReturnType<typeof toOperators>) => Promise<void>) =>
  withDesk(
    async (desk) => {
      await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
      const { headers } = await told(desk, ANNA, 1000);
      const letter = {
        from: 'Анна <anna@desk.example>',
        subject: 'Re: Не печатает',
        messageId: 'a@desk.example',
        headers,
        text: words,
      };
      await use(desk, toOperators(await desk.round(letter)));
    },
    { rules: { ...RULES, operators: [ANNA, BORIS, QUIET, DENIS] } },
  );

test('an assignee who had not heard of the ticket gets the customer’s last letter, and can answer it', () =>
  afterAnna('#назначить Вера\n', async (desk, sent) => {
    const [letter, ...others] = sent.filter(({ to }) => !to.includes('anna@desk.example'));
    expect(others).toEqual([]);
    expect(letter?.to).toEqual(['quiet@desk.example']);
    expect(letter?.message.text).toContain('Принтер не печатает.');
    const text = 'Включите принтер.\n';
    const answer = { ...answering(letter!), from: 'Вера <quiet@desk.example>', messageId: 'b@desk.example', text };
    expect(toCustomers(await desk.round(answer))).toMatchObject([{ to: ['ivan@client.example'] }]);
  }));

test('development gets the letter of a ticket that is handed to it', () =>
  afterAnna('#уровень разработка\n', async (_desk, sent) => {
    expect(sent.map(({ to }) => to[0]).toSorted()).toEqual(['anna@desk.example', 'denis@desk.example']);
  }));

test('who had the letter already is not told twice', () =>
  afterAnna('#назначить Борис\n', async (_desk, sent) => {
    expect(sent.map(({ to }) => to[0])).toEqual(['anna@desk.example']);
  }));
