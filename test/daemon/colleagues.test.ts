// Colleagues of one desk against the real daemon: what Anna gives away, notes and asks for, and what Boris hears and sees of it.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Message } from '../../src/mail/message.ts';
import type { LetterSketch } from '../support/letter.ts';
import { type Exchange, openExchange, replying, type Written } from './exchange.ts';

jest.setTimeout(90_000);

const ANNA = { address: 'anna@desk.example', name: 'Анна' };
const BORIS = { address: 'boris@desk.example', name: 'Борис' };
/** She is not on duty: letters on tickets that are nobody's do not go to her. */
const VERA = { address: 'vera@desk.example', name: 'Вера', notify: false };

let exchange: Exchange;

beforeAll(async () => {
  exchange = await openExchange({
    operators: [ANNA, BORIS, VERA],
    threading: { authservId: 'mx.desk.example', signingKey: 'a key of this test' },
  });
  await exchange.room.start();
});
afterAll(() => exchange?.close());

const drop = async (letter: Written): Promise<string> => (await exchange.write(letter)).disposition;
const to = ({ address }: { readonly address: string }) => exchange.lettersTo(address);
/** The words of a letter on one line, whatever way they were broken. */
const words = ({ text }: Message) => text.replace(/\s+/g, ' ');

/** A customer's letter opens a ticket; gives Anna's notification of it. */
async function opened(id: string, letter: LetterSketch): Promise<Message> {
  const from = letter.from ?? `${id}@client.example`;
  expect(await drop({ ...letter, from, messageId: `${id}@client.example` })).toBe('opened');
  return to(ANNA).at(-1)!;
}

const answer = (who: typeof ANNA, id: string, told: Message, text: string): Promise<string> =>
  drop({ from: `${who.name} <${who.address}>`, ...replying(told), text, messageId: `${id}@desk.example` });

test('Boris, who had the letter as one of all, hears that the ticket is his, with Anna’s note and the deadline', async () => {
  const told = await opened('oleg', { subject: 'Касса', text: 'Касса не печатает чек.\n' });
  const before = to(BORIS).length;
  expect(await answer(ANNA, 'give', told, '#назначить Борис\n#заметка Позвони ему после обеда.\n')).toBe('command');
  const [given, ...more] = to(BORIS).slice(before);
  expect(more).toEqual([]);
  expect(words(given!)).toContain('Это обращение передано вам.');
  expect(words(given!)).toContain('Пишет Анна: Позвони ему после обеда.');
  expect(words(given!)).toMatch(/ответить до \d\d\.\d\d\.\d{4}/);
  // he has the letter: it is not shown as a second one
  expect(words(given!)).not.toContain('Касса не печатает чек.');
  expect(await answer(BORIS, 'done', given!, 'Обновите драйвер кассы.\n')).toBe('appended');
  expect(exchange.lettersTo('oleg@client.example').at(-1)!.text).toContain('Обновите драйвер кассы.');
});

test('Vera, who had not, gets the customer’s letter with it', async () => {
  const told = await opened('petr', { subject: 'Весы', text: 'Весы показывают ноль.\n' });
  expect(await answer(ANNA, 'give-vera', told, '#назначить Вера\n')).toBe('command');
  expect(words(to(VERA).at(-1)!)).toContain('передано вам. Последнее письмо клиента: Весы показывают ноль.');
});

test('Anna who takes a ticket herself is sent nothing of that but what became of her command', async () => {
  const told = await opened('anton', { subject: 'Сканер', text: 'Сканер молчит.\n' });
  const before = to(ANNA).length;
  expect(await answer(ANNA, 'take', told, '#взять\n')).toBe('command');
  expect(to(ANNA)).toHaveLength(before + 1);
  expect(words(to(ANNA).at(-1)!)).not.toContain('передано вам');
});

test('a note of Anna’s reaches Boris at once, the next ones wait to be told together, and his «ок» stays with the desk', async () => {
  const told = await opened('inna', { subject: 'Сайт', text: 'Сайт не открывается.\n' });
  const before = to(BORIS).length;
  expect(await answer(ANNA, 'note', told, '#заметка Это хостинг, жду их ответа.\n')).toBe('command');
  const [note, ...more] = to(BORIS).slice(before);
  expect(more).toEqual([]);
  expect(words(note!)).toContain('Пишет Анна: Это хостинг, жду их ответа.');
  const customers = exchange.lettersTo('inna@client.example').length;
  expect(await answer(BORIS, 'ok', note!, 'Понял, тогда не трогаю.\n')).toBe('quarantined');
  expect(words(to(BORIS).at(-1)!)).toContain('вы отвечаете на заметку коллеги (Анна)');
  expect(exchange.lettersTo('inna@client.example')).toHaveLength(customers);
});

test('Anna sees who stood in Cc of a letter that nothing proves, and `show` names them', async () => {
  await exchange.write(
    {
      from: 'Егор <egor@client.example>',
      cc: 'Бухгалтер <buh@client.example>, egor@client.example, support@desk.example',
      subject: 'Счёт',
      text: 'Пришлите счёт.\n',
      messageId: 'egor@client.example',
    },
    { result: 'none' },
  );
  const told = to(ANNA).at(-1)!;
  expect(words(told)).toContain('В копии, ответов не получают: Бухгалтер <buh@client.example>; добавить: #копия адрес');
  const number = /\[#(\d+)\]/.exec(told.subject)![1]!;
  const { stdout } = await exchange.room.command(['show', number]);
  expect(stdout).toContain('also to: Бухгалтер <buh@client.example>');
});

test('of a proven letter the people in Cc get the answers, and Anna reads that they do', async () => {
  const cc = 'Бухгалтер <buh@client.example>';
  const told = await opened('roman', { subject: 'Договор', text: 'Где договор?\n', cc });
  expect(words(told)).toContain('В копии, получают ответы: Бухгалтер <buh@client.example>');
});

test('Anna, whose customer wrote «Re:» anew, joins the two tickets by the command that her letter names', async () => {
  const from = 'Лев <lev@client.example>';
  const first = await opened('lev', { from, subject: 'Не проходит оплата картой', text: 'Не проходит.\n' });
  const other = await opened('lev-2', { from, subject: 'Ценники', text: 'Ценники мелкие.\n' });
  const told = await opened('lev-3', { from, subject: 'Re: Не проходит оплата картой', text: 'И ещё: ошибка 12.\n' });
  const numberOf = ({ subject }: Message) => /\[#(\d+)\]/.exec(subject)![1]!;
  const join = `#объединить ${numberOf(first)}`;
  expect(words(told)).toContain(
    `Похоже на продолжение обращения ${numberOf(first)} (Не проходит оплата картой); соединить: ${join}`,
  );
  expect(words(told)).toContain(`Другие открытые обращения клиента: ${numberOf(other)} (Ценники);`);
  expect(await answer(ANNA, 'join', told, `${join}\n`)).toBe('command');
  const { stdout } = await exchange.room.command(['show', numberOf(first)]);
  expect(stdout).toContain('И ещё: ошибка 12.');
});

test('Anna reads the password that she asked for at her own address, and the ticket says that she did', async () => {
  const told = await opened('mark', { subject: 'Хостинг', text: 'Вот доступ.\nПароль: Зебра-77\n' });
  expect(told.text).not.toContain('Зебра-77');
  expect(words(told)).toContain('#доступ');
  const customers = exchange.lettersTo('mark@client.example').length;
  const boris = to(BORIS).length;
  expect(await answer(ANNA, 'access', told, '#доступ\n')).toBe('command');
  const shown = to(ANNA).filter(({ text }) => text.includes('Зебра-77'));
  expect(shown).toHaveLength(1);
  expect(shown[0]!.to).toMatchObject([{ address: ANNA.address }]);
  expect(to(BORIS)).toHaveLength(boris);
  expect(exchange.lettersTo('mark@client.example')).toHaveLength(customers);
  await exchange.room.store(async ({ db }) => {
    const number = /\[#(\d+)\]/.exec(told.subject)![1]!;
    const events = await db
      .selectFrom('events')
      .innerJoin('tickets', 'tickets.id', 'events.ticket_id')
      .select(['events.kind', 'events.by_whom'])
      .where('tickets.number', '=', number)
      .where('events.kind', '=', 'access')
      .execute();
    expect(events).toEqual([{ kind: 'access', by_whom: ANNA.address }]);
    // what waits to leave, or has left, keeps no word of it
    const models = await db.selectFrom('outbox').select('model').execute();
    expect(JSON.stringify(models)).not.toContain('Зебра-77');
  });
});

test('somebody who writes in Anna’s name and has no letter of hers gets no password, nor does she', async () => {
  const told = to(ANNA).find(({ subject }) => subject.includes('Хостинг'))!;
  const before = to(ANNA).filter(({ text }) => text.includes('Зебра-77')).length;
  const forged = { from: ANNA.address, subject: `Re: ${told.subject}`, text: '#доступ\n', messageId: 'f@evil.example' };
  expect((await exchange.write(forged, { result: 'dmarc=none' })).disposition).toBe('quarantined');
  expect(to(ANNA).filter(({ text }) => text.includes('Зебра-77'))).toHaveLength(before);
});
