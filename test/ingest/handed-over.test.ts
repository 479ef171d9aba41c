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

test('who had the letter already is told that the ticket is his, without the letter once more', () =>
  afterAnna('#назначить Борис\n', async (_desk, sent) => {
    const [letter, ...others] = sent.filter(({ to }) => !to.includes('anna@desk.example'));
    expect(others).toEqual([]);
    expect(letter?.to).toEqual(['boris@desk.example']);
    expect(letter?.message.text).toContain('Это обращение передано вам.');
    expect(letter?.message.text).not.toContain('Принтер не печатает.');
  }));

test('somebody who is given a ticket anew is told anew', () =>
  afterAnna('#назначить Борис\n', async (desk) => {
    for (const [id, words] of [
      ['c', '#назначить никому\n'],
      ['d', '#назначить Борис\n'],
    ] as const) {
      const { headers } = await told(desk, ANNA, 1000);
      const letter = { from: 'Анна <anna@desk.example>', subject: 'Re: Не печатает', headers, text: words };
      const sent = toOperators(await desk.round({ ...letter, messageId: `${id}@desk.example` }));
      const toBoris = sent.filter(({ to }) => to.includes('boris@desk.example'));
      expect(toBoris).toHaveLength(id === 'd' ? 1 : 0);
    }
  }));

test('the first of several notes is told at once, the others together and no later than ten minutes after it', () =>
  afterAnna('#заметка Смотрю журнал.\n', async (desk, sent) => {
    const boris = (letters: ReturnType<typeof toOperators>) =>
      letters.filter(({ to }) => to.includes('boris@desk.example')).map(({ message }) => message.text);
    expect(boris(sent)).toEqual([expect.stringContaining('Смотрю журнал.')]);
    const note = async (id: string, text: string) => {
      desk.clock.now += 60_000;
      const { headers } = await told(desk, ANNA, 1000);
      const letter = { from: 'Анна <anna@desk.example>', subject: 'Re: Не печатает', headers, text };
      return boris(toOperators(await desk.round({ ...letter, messageId: `${id}@desk.example` })));
    };
    expect(await note('n2', '#заметка В журнале пусто.\n')).toEqual([]);
    expect(await note('n3', '#заметка Жду хостинг.\n')).toEqual([]);
    desk.clock.now += 8 * 60_000;
    const [together, ...more] = boris(toOperators(await desk.out.send()));
    expect(more).toEqual([]);
    expect(together).toMatch(/В журнале пусто\.[\s\S]*Жду хостинг\./);
    expect(together).not.toMatch(/Пишет Анна:\s+Смотрю журнал/);
  }));

test('a desk that wants no notes sent on gets none', () =>
  withDesk(
    async (desk) => {
      await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
      const { headers } = await told(desk, ANNA, 1000);
      const text = '#заметка Смотрю журнал.\n';
      const letter = { from: 'Анна <anna@desk.example>', subject: 'Re: Не печатает', headers, text };
      const sent = toOperators(await desk.round({ ...letter, messageId: 'n@desk.example' }));
      expect(sent.map(({ to }) => to[0])).toEqual(['anna@desk.example']);
    },
    { rules: { ...RULES, operators: [ANNA, BORIS], notesTold: false } },
  ));
