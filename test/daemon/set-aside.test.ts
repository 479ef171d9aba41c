// What is set aside, through the running daemon: a customer behind a marked copy of his letter, an operator whose server
// proves nobody, and an admin who looks after both.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Message } from '../../src/mail/message.ts';
import { until } from '../support/condition.ts';
import { freePort } from '../support/free-port.ts';
import { type Exchange, openExchange, replying, type Written } from './exchange.ts';

jest.setTimeout(120_000);

const ANNA = { address: 'anna@desk.example', name: 'Анна' };
const IVAN = 'ivan@client.example';
const ADMIN = 'admin@elsewhere.example';
const ROBOT = [['Auto-Submitted', 'auto-generated']] as const;

let exchange: Exchange;
let port: number;

beforeAll(async () => {
  port = await freePort();
  exchange = await openExchange({ operators: [ANNA], web: { port }, admin: { address: ADMIN } });
  await exchange.room.start();
});
afterAll(() => exchange?.close());

const kvitok = (...args: string[]) => exchange.room.command(args);
const lastTo = (address: string): Message => exchange.lettersTo(address).at(-1)!;
const subjectsTo = (address: string) => exchange.lettersTo(address).map(({ subject }) => subject);
const gauge = async () => {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^kvitok_quarantine_letters (\d+)$/m.exec(page)?.[1]);
};
/** Waits until each of some letters has come to `disposition`. */
const come = (letters: readonly number[], disposition: string) =>
  exchange.room.store(({ db }) =>
    until(
      async () => {
        const rows = await db.selectFrom('letters').select('disposition').where('id', 'in', letters).execute();
        return rows.every((row) => row.disposition === disposition);
      },
      20_000,
      `letters ${letters.join(', ')} are ${disposition}`,
    ),
  );
const answerOf = (told: Message, text: string): Written => ({
  from: `${ANNA.name} <${ANNA.address}>`,
  to: told.replyTo[0]?.address ?? 'support@desk.example',
  messageId: `answer-${told.messageId}`,
  text: `${text}\n`,
  ...replying(told),
});

test('a customer whose letter came first through a list that marked it gets his ticket, and the desk hears of him', async () => {
  const letter = {
    from: IVAN,
    subject: 'Касса не печатает',
    messageId: 'kassa@client.example',
    text: 'Не печатает.\n',
  };
  const first = await exchange.write({ ...letter, headers: ROBOT });
  expect(first.disposition).toBe('automatic');
  expect(exchange.lettersTo(IVAN)).toEqual([]);
  const second = await exchange.write(letter);
  expect(second.disposition).toBe('opened');
  await come([first.letter], 'duplicate');
  expect(exchange.lettersTo(IVAN)).toHaveLength(1);
  expect(lastTo(ANNA.address).text).toContain('Не печатает.');
  // and a third one, by whatever way, repeats the ticket
  const third = await exchange.write({ ...letter, headers: ROBOT });
  expect(third.disposition).toBe('duplicate');
  expect(third.ticket).toBe(second.ticket);
});

test('an operator rescues a person’s letter that bore a robot’s mark, and its writer gets no automatic letter', async () => {
  const form = { from: 'form@shop.example', subject: 'Заказ с сайта', messageId: 'form@shop.example', headers: ROBOT };
  const { letter, disposition } = await exchange.write(form);
  expect(disposition).toBe('automatic');
  expect((await kvitok('quarantine', 'list', '--automatic')).stdout).toMatch(
    new RegExp(`^${letter} .*Заказ с сайта`, 'm'),
  );
  const retried = await kvitok('quarantine', 'retry', `${letter}`);
  expect(retried).toMatchObject({ code: 0, stdout: expect.stringContaining('stays set aside') });
  await come([letter], 'automatic');

  const notification = exchange.lettersTo(ANNA.address).find(({ subject }) => subject.includes('Касса'))!;
  await exchange.write(answerOf(notification, `#выпустить ${letter}`));
  await come([letter], 'opened');
  await until(async () => lastTo(ANNA.address).subject.includes('Заказ с сайта'), 20_000, 'the operator hears of it');
  expect(exchange.lettersTo('form@shop.example')).toEqual([]);
  expect((await exchange.write(form)).disposition).toBe('duplicate');
  const again = await kvitok('quarantine', 'release', `${letter}`);
  expect(again).toMatchObject({ code: 66, stderr: expect.stringContaining(`letter ${letter} is not set aside`) });
});

test('an operator whose server proves nobody is never silenced: the fourth letter brings a list, and «да» lets all go', async () => {
  const before = subjectsTo(ANNA.address).length;
  const letters: number[] = [];
  for (const n of [1, 2, 3, 4]) {
    const own = { from: `${ANNA.name} <${ANNA.address}>`, subject: `Вопрос ${n}`, text: `Вопрос номер ${n}\n` };
    const fate = await exchange.write({ ...own, messageId: `own-${n}@desk.example` });
    expect(fate.disposition).toBe('quarantined');
    letters.push(fate.letter);
  }
  expect(subjectsTo(ANNA.address).slice(before)).toEqual([
    ...[1, 2, 3].map((n) => `Это письмо от вас? Вопрос ${n}`),
    'Ждут вашего решения письма: 4',
  ]);
  const list = lastTo(ANNA.address);
  for (const letter of letters) expect(list.text).toContain(`письмо ${letter}, `);
  expect(await gauge()).toBe(4);
  const { stdout } = await kvitok('quarantine', 'list');
  expect(stdout.match(/^\d+ .*Вопрос/gm)).toHaveLength(4);

  await exchange.write(answerOf(list, 'да'));
  await come(letters, 'opened');
  expect(await gauge()).toBe(0);
});

test('an admin releases a letter that nobody proves, and it is the operator’s', async () => {
  const own = { from: `${ANNA.name} <${ANNA.address}>`, subject: 'Забытое', text: 'Забытое.\n' };
  const { room } = exchange;
  // he was asked often enough: the list of an hour later waits in the outbox, and the letter in quarantine
  await room.store(({ db }) =>
    db.updateTable('outbox').set({ created_at: 0 }).where('form', '=', 'unproven').execute(),
  );
  const { letter } = await exchange.write({ ...own, messageId: 'forgotten@desk.example' });
  expect(await kvitok('quarantine', 'release', `${letter}`)).toMatchObject({ code: 0 });
  await come([letter], 'opened');
  const tickets = (await kvitok('tickets')).stdout;
  expect(tickets).toContain('Забытое');
});

test('an admin hears when ten letters of a day are set aside where hardly any were', async () => {
  for (let n = 1; n <= 10; n++) {
    const headers = [['Precedence', 'auto_reply'], ...ROBOT] as const;
    await exchange.write({ from: `r${n}@news.example`, messageId: `${n}@news.example`, text: `${n}\n`, headers });
  }
  const told = await until(
    async () => exchange.lettersTo(ADMIN).find(({ subject }) => subject.includes('отложено намного больше')),
    60_000,
    'the admin is written to',
  );
  expect(told.text).toContain('kvitok quarantine list --automatic');
});
