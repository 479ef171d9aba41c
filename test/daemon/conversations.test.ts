// The conversations that the regulation speaks of, each from a customer's first letter to what the desk counts of it: a Dovecot
// mailbox in front of the daemon, an SMTP server behind it, and commands as an admin types them.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Message } from '../../src/mail/message.ts';
import { eventsOf } from '../../src/store/events.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { sequenceOf } from '../../src/thread/damm.ts';
import type { DaemonProcess, PostRoom } from '../support/daemon.ts';
import type { LetterSketch } from '../support/letter.ts';
import { type Exchange, openExchange, replying } from './exchange.ts';

jest.setTimeout(90_000);

const LEAD = 'olga@desk.example';
const ANNA = 'anna@desk.example';
const DENIS = 'denis@desk.example';

let exchange: Exchange;
let room: PostRoom;
let daemon: DaemonProcess;

beforeAll(async () => {
  exchange = await openExchange({
    operators: [
      { address: LEAD, name: 'Ольга', role: 'lead', notify: false },
      { address: ANNA, name: 'Анна' },
      { address: DENIS, name: 'Денис', role: 'developer' },
    ],
    requests: { currentVersion: '12.0' },
    threading: { authservId: 'mx.desk.example' },
    notifications: { digestAt: 'never', monthlyReport: false },
  });
  room = exchange.room;
  daemon = await room.start();
  const register = path.join(room.dir, 'clients.csv');
  fs.writeFileSync(register, 'код;компания;категория;домены\n17/2026;ООО «Ветер»;партнёр;partner.example\n');
  expect(await kvitok('clients', 'import', register)).toBe('taken in: 1 client new, 0 changed, 0 as before\n');
});
afterAll(() => exchange?.close());

/** What a command prints; it must have nothing to complain of. */
async function kvitok(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await room.command(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Until when a letter must be answered, as `kvitok sla due` counts it. */
async function dueAt(level: string, arrivedAt: number): Promise<number> {
  const answer = await kvitok('sla', 'due', '--level', level, '--at', new Date(arrivedAt).toISOString(), '--json');
  return Date.parse((JSON.parse(answer) as { due: string }).due);
}

/** As a Russian reads it on a clock of Moscow. */
function inMoscow(at: number): string {
  const words = (how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('ru', { timeZone: 'Europe/Moscow', ...how }).format(at);
  return `${words({ dateStyle: 'long' })}, ${words({ timeStyle: 'short' })} по московскому времени`;
}

let letters = 0;
/** Somebody writes a letter, `about` being the one that it answers; gives what became of it. */
function write(from: string, letter: LetterSketch, about?: Message, how?: { readonly arrivedAt: number }) {
  const messageId = `${++letters}.${from}`;
  return exchange.write({ ...(about ? replying(about) : {}), ...letter, from, messageId }, how);
}

/** The newest letter that somebody got. */
const lastTo = (address: string): Message => exchange.lettersTo(address).at(-1)!;
/** The newest one about a ticket. */
const lastAbout = (ticket: string, address: string): Message =>
  exchange.lettersTo(address).findLast(({ subject }) => subject.includes(`[#${ticket}]`))!;

const shown = (ticket: string) => room.store(async ({ db }) => (await showTicket(db, sequenceOf(ticket)!))!);
const stateOf = async (ticket: string) => (await shown(ticket)).ticket;

/** The last second that is over: INTERNALDATE knows no parts of one. */
const justNow = () => Math.floor(Date.now() / 1000) * 1000;

/** The ticket that a letter opens. */
async function opened(from: string, letter: LetterSketch, arrivedAt: number): Promise<string> {
  const { disposition, ticket } = await write(from, letter, undefined, { arrivedAt });
  expect(disposition).toBe('opened');
  return ticket!;
}

/** Somebody's question, told to Anna. */
async function asked(from: string, subject: string, text: string) {
  const arrivedAt = justNow();
  const ticket = await opened(from, { subject, text }, arrivedAt);
  return { ticket, arrivedAt, told: lastAbout(ticket, ANNA) };
}

test('a free customer is told number, level and until when, what a good request has, and is answered by name', async () => {
  const ivan = 'ivan@client.example';
  const { ticket, arrivedAt, told } = await asked(ivan, 'Ошибка', 'Корзина выдаёт ошибку, товары не добавляются.\n');
  const due = await dueAt('free', arrivedAt);
  const receipt = lastTo(ivan);
  expect(receipt.subject).toContain(`[#${ticket}]`);
  expect(receipt.text).toContain(`Уровень поддержки: бесплатная поддержка.\nМы ответим не позднее ${inMoscow(due)}.\n`);
  for (const missing of ['по шагам', 'адрес сайта', 'версию продукта', 'редакцию продукта'])
    expect(receipt.text).toContain(missing);
  expect(told.text).toContain('нет в реестре клиентов: бесплатная поддержка');
  expect(await stateOf(ticket)).toMatchObject({ state: 'new', level: 'free', due_at: due });

  await write(ANNA, { text: 'Здравствуйте, Иван!\nОчистите кэш браузера.\n' }, told);
  expect(lastTo(ivan)).toMatchObject({
    from: [{ name: 'Анна', address: 'support@desk.example' }],
    text: expect.stringMatching(/^Здравствуйте, Иван!\nОчистите кэш браузера\.\n?$/),
  });
  expect(await stateOf(ticket)).toMatchObject({ state: 'waiting', due_at: null });
});

test('a partner of the register has three working hours, and the operator sees whose letter it is', async () => {
  const { ticket, arrivedAt, told } = await asked('pavel@partner.example', 'Сайт клиента', 'Не открывается витрина.\n');
  const due = await dueAt('partner', arrivedAt);
  expect(lastTo('pavel@partner.example').text).toContain(
    `Уровень поддержки: поддержка для партнёров.\nМы ответим не позднее ${inMoscow(due)}.\n`,
  );
  expect(told.text).toContain('ООО «Ветер», партнёр');
  expect(await stateOf(ticket)).toMatchObject({ level: 'partner', due_at: due });
});

test('what is handed to development is told there, has its 24 days, and is answered from there', async () => {
  const vera = 'vera@client.example';
  const { ticket, arrivedAt, told } = await asked(vera, 'Метод API', 'Метод API отвечает пустым списком.\n');
  expect(exchange.lettersTo(DENIS)).toEqual([]);
  const before = exchange.lettersTo(vera).length;
  await write(ANNA, { text: '#level development\n' }, told);
  const due = await dueAt('development', arrivedAt);
  expect(await stateOf(ticket)).toMatchObject({ state: 'new', level: 'development', due_at: due });
  const [handed, ...more] = exchange.lettersTo(DENIS);
  expect(more).toEqual([]);
  expect(handed!.text).toContain('Обращение передано в отдел разработки.\n\nМетод API отвечает пустым списком.');
  expect(handed!.text).toContain('; разработка; ответить до ');
  expect(exchange.lettersTo(vera)).toHaveLength(before);

  await write(DENIS, { text: 'Исправим в обновлении 12.1.\n' }, handed);
  expect(lastTo(vera)).toMatchObject({
    from: [{ name: 'Денис', address: 'support@desk.example' }],
    text: expect.stringMatching(/^Исправим в обновлении 12\.1\.\n?$/),
  });
});

test('a deferral is told in the words of the regulation, and what was missing brings the ticket back', async () => {
  const gleb = 'gleb@client.example';
  const { ticket, told } = await asked(gleb, 'Ошибка', 'Страница оплаты выдаёт ошибку.\n');
  await write(ANNA, { text: '#defer 2\n' }, told);
  const deferral = lastTo(gleb);
  expect(deferral.text.replaceAll('\n', ' ')).toContain(
    'Решение вопроса откладывается или невозможно. Причина (раздел 3.1 регламента, пункт 2): Пользователь не предоставил доступ к своему сайту.',
  );
  expect(await stateOf(ticket)).toMatchObject({ state: 'deferred', due_at: null });
  await write(gleb, { text: 'Доступ открыл, загляните, пожалуйста.\n' }, deferral);
  const { state, due_at } = await stateOf(ticket);
  expect(state).toBe('open');
  expect(due_at).not.toBeNull();
});

describe('a question that is solved', () => {
  const kira = 'kira@client.example';
  const lev = 'lev@client.example';
  let high = '';
  let low = '';

  /** Anna closes a question with a solution; gives its ticket. */
  async function solved(from: string): Promise<string> {
    const { ticket, told } = await asked(from, 'Ошибка', 'Каталог выдаёт ошибку.\n');
    await write(ANNA, { text: '#close\n\nОбновите страницу.\n' }, told);
    expect(lastTo(from).text).toMatch(/^Обновите страницу\.\n[\s\S]*число от 1 \(плохо\) до 5 \(отлично\)/);
    expect(await stateOf(ticket)).toMatchObject({ state: 'resolved', due_at: null });
    return ticket;
  }
  const marksOf = (ticket: string) =>
    room.store(async ({ db }) =>
      (await eventsOf(db, sequenceOf(ticket)!)).flatMap(({ kind, became }) => (kind === 'rating' ? [became] : [])),
    );

  test('is rated by a number on the first line of the answer, and the words below it are kept', async () => {
    high = await solved(kira);
    await write(kira, { text: '4\nОтветили быстро, но не сразу поняли вопрос.\n' }, lastTo(kira));
    expect(lastTo(kira).text).toContain('Ваша оценка: 4 из 5.');
    expect(await marksOf(high)).toEqual(['4']);
    const { ticket: after, entries } = await shown(high);
    expect(after.state).toBe('resolved');
    expect(entries.at(-1)).toMatchObject({ kind: 'rating', author: kira });
    expect(entries.at(-1)!.reply).toContain('Ответили быстро, но не сразу поняли вопрос.');
    expect(exchange.lettersTo(LEAD)).toEqual([]);
  });

  test('and got a low mark is told to the lead, and open again where it goes on', async () => {
    low = await solved(lev);
    await write(lev, { text: '2\nТак и не работает как раньше.\n' }, lastTo(lev));
    expect(await marksOf(low)).toEqual(['2']);
    expect((await stateOf(low)).state).toBe('open');
    const [told, ...more] = exchange.lettersTo(LEAD);
    expect(more).toEqual([]);
    expect(told!.subject).toContain(`[#${low}]`);
    expect(told!.text).toMatch(/поставил низкую оценку[\s\S]*Так и не работает как раньше\./);
  });

  test('opens again by an answer, and the report counts marks and reopenings', async () => {
    await write(kira, { text: 'Каталог снова выдаёт ошибку.\n' }, lastTo(kira));
    const { state, due_at } = await stateOf(high);
    expect(state).toBe('open');
    expect(due_at).not.toBeNull();
    expect(lastAbout(high, ANNA).text).toContain('Каталог снова выдаёт ошибку.');

    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect(JSON.parse(await kvitok('report', '--from', yesterday, '--json'))).toMatchObject({
      tickets: {
        all: 6,
        levels: [
          { name: 'free', n: 4 },
          { name: 'partner', n: 1 },
          { name: 'development', n: 1 },
          { name: 'consulting', n: 0 },
        ],
      },
      ratings: { all: 2, average: 3, low: [low] },
      resolved: 2,
      reopened: 2,
    });
  });
});

describe('by the moment that the mail server got a letter', () => {
  const arrived = (from: string, moment: string, text: string) =>
    opened(from, { subject: 'Вопрос', text }, Date.parse(moment));

  test.each([
    ['Friday 19:30', 'Saturday 11:30', '2026-11-13T19:30+03:00', '2026-11-14T11:30+03:00'],
    ['Sunday 17:00', 'Monday 10:00', '2026-11-15T17:00+03:00', '2026-11-16T10:00+03:00'],
    ['Saturday 07:00', 'Saturday 12:00', '2026-11-14T07:00+03:00', '2026-11-14T12:00+03:00'],
  ])('a partner who writes on %s is answered by %s', async (_from, _to, moment, due) => {
    const ticket = await arrived('pavel@partner.example', moment, `Витрина пуста, ${moment}.\n`);
    expect(await stateOf(ticket)).toMatchObject({ level: 'partner', due_at: Date.parse(due) });
  });

  test('a free customer who writes on Monday 10:00 is answered by Wednesday 10:00', async () => {
    const ticket = await arrived('egor@client.example', '2026-11-09T10:00+03:00', 'Корзина пуста.\n');
    expect(await stateOf(ticket)).toMatchObject({ level: 'free', due_at: Date.parse('2026-11-11T10:00+03:00') });
  });

  test('whoever asks about an old version on Friday 08:00 is answered by Monday 18:00', async () => {
    const ticket = await arrived('zoya@client.example', '2026-11-13T08:00+03:00', 'Корзина пуста, версия 9.0.\n');
    expect(await stateOf(ticket)).toMatchObject({ level: 'consulting', due_at: Date.parse('2026-11-16T18:00+03:00') });
  });

  test('what development gets of Monday 2 November is answered by Thursday 26 November 20:00', async () => {
    const ticket = await arrived('yana@client.example', '2026-11-02T09:00+03:00', 'Метод API молчит.\n');
    await write(ANNA, { text: '#уровень разработка\n' }, lastAbout(ticket, ANNA));
    expect(await stateOf(ticket)).toMatchObject({ level: 'development', due_at: Date.parse('2026-11-26T20:00+03:00') });
  });
});

test('nothing of it was an error in the log', () => {
  expect(daemon.log.filter(({ level }) => level === 'error')).toEqual([]);
});
