// From a customer's letter to the desk's late answer, in a room as the daemon has it: who is told what and when, and that
// changed working hours count at once.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Config, configSchema } from '../../src/config/schema.ts';
import { openRoom, type Room } from '../../src/daemon/room.ts';
import { clocksOf } from '../../src/store/clocks.ts';
import { eventsOf } from '../../src/store/events.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { rememberingLog } from '../support/store.ts';

let dir = '';
let room: Room;
let now = 0;
let config: Config;

const configured = (values: object = {}): Config =>
  configSchema.parse({
    desk: { name: 'Служба поддержки', address: 'support@desk.example' },
    operators: [
      { address: 'anna@desk.example', name: 'Анна', role: 'lead', notify: false },
      { address: 'boris@desk.example', name: 'Борис' },
    ],
    requests: { levels: [{ level: 'partner', senders: ['client.example'] }] },
    data: path.join(dir, 'data'),
    smtp: { directory: path.join(dir, 'outgoing') },
    ...values,
  });

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-deadlines-'));
  config = configured();
  const rest = { random: () => 0, what: 'a test', onDamage: () => {} };
  const opened = await openRoom(config, { log: rememberingLog(), now: () => now, ...rest });
  if ('heldBy' in opened) throw new Error(opened.heldBy);
  room = opened;
});
afterEach(async () => {
  await room.stop(1000);
  fs.rmSync(dir, { recursive: true });
});

/** A letter at a moment of Moscow, dealt with. */
async function write(at: string, from: string, letter: LetterSketch): Promise<void> {
  now = Date.parse(at);
  const envelope = { from, to: ['support@desk.example'] };
  const sketch = { from, messageId: `${now}@mail.example`, ...letter };
  await room.ingest.keep([{ source: 'test', key: at, receivedAt: now, envelope, raw: raw(sketch) }]);
  await room.workOff();
}

/** What leaves at a moment, as recipient and kind. */
async function leaves(at: string): Promise<readonly string[]> {
  now = Date.parse(at);
  const before = await outgoing();
  await room.workOff();
  return (await outgoing()).slice(before.length).map(({ kind, form, recipient }) => `${kind} ${form} ${recipient}`);
}

const outgoing = () => room.store.db.selectFrom('outbox').selectAll().orderBy('id').execute();

test('a customer is told until when, the lead hears before it and at it, and the answer ends it', async () => {
  await write('2026-11-20T19:30+03:00', 'ivan@client.example', {
    subject: 'Корзина',
    text: 'Корзина не открывается.\n',
  });
  const files = fs.readdirSync(path.join(dir, 'outgoing'));
  const texts = files.map((name) => fs.readFileSync(path.join(dir, 'outgoing', name), 'utf8'));
  const acknowledgement = texts.find((text) => text.includes('To: ivan@client.example'));
  expect(decoded(acknowledgement ?? '')).toContain(
    'Уровень поддержки: поддержка для партнёров.\nМы ответим не позднее 21 ноября 2026 г., 11:30 по московскому времени.',
  );

  expect(await leaves('2026-11-21T10:44+03:00')).toEqual([]);
  expect(await leaves('2026-11-21T10:45+03:00')).toEqual(['warning before anna@desk.example']);
  expect(await leaves('2026-11-21T11:30+03:00')).toEqual(['warning missed anna@desk.example']);

  // words in answer to a warning may be meant for the program: she is asked, and says that they are the customer's
  const warning = (await outgoing()).findLast(({ kind }) => kind === 'warning');
  await write('2026-11-21T11:59+03:00', 'anna@desk.example', {
    subject: 'Re: Срок ответа прошёл: [#10008] Корзина',
    headers: [['In-Reply-To', `<${warning?.message_id}>`]],
    text: 'Обновите страницу.\n',
  });
  const question = (await outgoing()).findLast(({ kind }) => kind === 'question');
  await write('2026-11-21T12:00+03:00', 'anna@desk.example', {
    subject: 'Re: Ответ не отправлен: [#10008] Корзина',
    headers: [['In-Reply-To', `<${question?.message_id}>`]],
    text: 'ок\n',
  });
  expect((await outgoing()).find(({ kind }) => kind === 'answer')).toMatchObject({
    state: 'sent',
    recipient: 'ivan@client.example',
  });
  expect(await clocksOf(room.store.db, 1000)).toMatchObject([
    { stopped_because: 'answered', stopped_at: Date.parse('2026-11-21T12:00+03:00') },
  ]);
  expect(await leaves('2026-11-23T12:00+03:00')).toEqual([]);
});

test('an answer that closes the ticket ends its clock as an answer, when it has left', async () => {
  await write('2026-11-20T19:30+03:00', 'ivan@client.example', {
    subject: 'Корзина',
    text: 'Корзина не открывается.\n',
  });
  const notification = (await outgoing()).findLast(({ kind }) => kind === 'notification');
  await write('2026-11-21T10:00+03:00', 'boris@desk.example', {
    subject: 'Re: [#10008] Корзина',
    headers: [['In-Reply-To', `<${notification?.message_id}>`]],
    text: '#закрыть\n\nОбновите страницу.\n',
  });
  expect(await room.store.db.selectFrom('tickets').select(['state', 'due_at']).executeTakeFirst()).toEqual({
    state: 'resolved',
    due_at: null,
  });
  expect(await clocksOf(room.store.db, 1000)).toMatchObject([{ stopped_because: 'answered' }]);
});

test('hours that are changed while kvitok runs move the deadlines of what waits', async () => {
  await write('2026-11-20T19:30+03:00', 'ivan@client.example', {
    subject: 'Корзина',
    text: 'Корзина не открывается.\n',
  });
  const closures = [{ from: '2026-11-21', to: '2026-11-22' }];
  room.reload(configured({ calendars: { support: { years: { 2026: { closures } } } } }));
  await room.tellOperators();
  expect(await clocksOf(room.store.db, 1000)).toMatchObject([{ due_at: Date.parse('2026-11-23T10:30+03:00') }]);
  expect(await eventsOf(room.store.db, 1000)).toContainEqual(
    expect.objectContaining({ kind: 'deadline', because: 'levels or calendars were changed' }),
  );
  // what comes from now on is counted by the new hours
  await write('2026-11-20T19:45+03:00', 'ivan@client.example', { subject: 'Оплата', text: 'Не проходит оплата.\n' });
  expect(await clocksOf(room.store.db, 1001)).toMatchObject([{ due_at: Date.parse('2026-11-23T10:45+03:00') }]);
});

/** The text of a letter whose parts are quoted-printable or Base64. */
function decoded(eml: string): string {
  const part = eml.split(/\r?\n--/).find((one) => /content-type: text\/plain/i.test(one)) ?? eml;
  const [head = '', ...body] = part.split(/\r?\n\r?\n/);
  const text = body.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r', '');
}
