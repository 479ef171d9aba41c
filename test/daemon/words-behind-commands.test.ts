// What an operator types behind a command, and what he answers to the desk's own letters, through the daemon: nothing is lost,
// nothing reaches whom it was not meant for, and what he is told is what left.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Message } from '../../src/mail/message.ts';
import { type Exchange, openExchange, replying } from './exchange.ts';

jest.setTimeout(90_000);

const IVAN = 'ivan@client.example';
const ANNA = { address: 'anna@desk.example', name: 'Анна' };

let exchange: Exchange;
let n = 0;

beforeAll(async () => {
  exchange = await openExchange({
    operators: [ANNA],
    threading: { authservId: 'mx.desk.example', signingKey: 'the key of this test' },
  });
  await exchange.room.start();
});
afterAll(() => exchange?.close());

const answers = () => exchange.lettersTo(IVAN).filter(({ fields }) => !fields.has('auto-submitted'));
const lastToAnna = () => exchange.lettersTo(ANNA.address).at(-1)!;
const anna = async (text: string, to: Message | { readonly subject: string }, result?: string) => {
  const letter = 'messageId' in to ? replying(to) : to;
  const how = result === undefined ? {} : { result };
  return exchange.write({ from: ANNA.address, ...letter, text, messageId: `anna${++n}@desk.example` }, how);
};
const asked = async () => {
  await exchange.write({
    from: IVAN,
    subject: 'Корзина',
    text: 'Не открывается.\n',
    messageId: `ivan${++n}@client.example`,
  });
  return lastToAnna();
};

test('Anna closes with words on the line of the command, and Ivan reads them', async () => {
  await anna('#закрыть Готово, проверьте.\n', await asked());
  expect(answers().at(-1)!.text).toMatch(/^Готово, проверьте\./);
  expect(lastToAnna().text).toContain('Клиенту уходит: Готово, проверьте.');
});

test('what Anna writes of a spammer behind #спам reaches nobody, and she is told so', async () => {
  const told = await asked();
  const before = exchange.lettersTo(IVAN).length;
  expect((await anna('#спам продаёт базы\n', told)).disposition).toBe('command');
  expect(exchange.lettersTo(IVAN)).toHaveLength(before);
  expect(lastToAnna().text).toContain('не сделано ничего');
});

test('Anna thanks for a transcript: no ticket opens, no customer reads it, and she is asked', async () => {
  const before = exchange.lettersTo(IVAN).length;
  await anna('#помощь\n', { subject: 'Команды' });
  expect((await anna('Спасибо, поняла.\n', lastToAnna())).disposition).toBe('answers-notice');
  expect(lastToAnna().text).toContain('вы ответили на письмо самой программы');
  expect(exchange.lettersTo(IVAN)).toHaveLength(before);
  expect((await anna('да\n', lastToAnna())).disposition).toBe('command');
});

test('Anna asks for a ticket by its number alone, and is asked about nothing that is not so', async () => {
  const [, number = ''] = /#(\d+)/.exec((await asked()).subject) ?? [];
  await anna(`#статус ${number}\n`, { subject: 'Что там' });
  expect(lastToAnna().text).toContain(`обращение [#${number}]`);
  await anna('#статус\n', { subject: number });
  expect(lastToAnna().text).toContain(`обращение [#${number}]`);
  await anna('#статус\n', { subject: number }, 'dmarc=none');
  expect(lastToAnna().text).toContain('будет выполнено: #статус. Клиенту ничего не уйдёт');
});
