// Warnings: who of the desk is told of an answer that is due or late, when, and what the letter says.

import { describe, expect, test } from '@jest/globals';
import { tellDeadlines } from '../../src/clocks/deadlines.ts';
import type { Config } from '../../src/config/schema.ts';
import { operatorsOf } from '../../src/ingest/rules.ts';
import { stopAnswered } from '../../src/store/clocks.ts';
import { eventsOf } from '../../src/store/events.ts';
import { setState } from '../../src/store/set-ticket.ts';
import { setAssignee, setLevel } from '../../src/store/ticket-fields.ts';
import { MARKS, type TestDesk, withDesk } from '../support/desk.ts';
import { configOf, posted } from '../support/posted.ts';
import { fileAnswer } from '../support/tickets.ts';
import { REGULATION } from '../support/timetable.ts';

const LEAD = [{ address: 'Anna@desk.example', name: 'Анна', role: 'lead' }];
const CONFIG: Config = configOf({
  operators: [
    ...LEAD,
    { address: 'boris@desk.example', name: 'Борис' },
    { address: 'vera@desk.example', name: 'Вера' },
  ],
});
const BORIS = { by: 'boris@desk.example', because: '' };
const HOUR = 3_600_000;
const TICKET = 1000;

/** Looks at the deadlines at a moment; gives who was sent what. */
async function told(desk: TestDesk, at: string, config = CONFIG): Promise<readonly string[]> {
  desk.clock.now = Date.parse(at);
  const { store, clock, log } = desk;
  const last = await store.db
    .selectFrom('outbox')
    .select((o) => o.fn.max('id').as('id'))
    .executeTakeFirst();
  let ids = 0;
  await tellDeadlines({
    db: store.db,
    timetable: REGULATION,
    operators: operatorsOf(config),
    language: config.desk.language,
    log,
    now: clock.now,
    messageIdFor: (kind, ticket) => `${kind}.${ticket}.${clock.now}.${++ids}@${MARKS.messageIdHost}`,
    replyAddressFor: () => null,
  });
  const rows = await store.db
    .selectFrom('outbox')
    .selectAll()
    .where('id', '>', last?.id ?? 0)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, form, recipient }) => `${kind} ${form} ${recipient}`);
}

/** A customer's letter at a moment of Moscow. */
async function write(desk: TestDesk, at: string, subject = 'Корзина'): Promise<void> {
  desk.clock.now = Date.parse(at);
  await desk.hand({ messageId: `${at}@client.example`, subject, text: 'Не открывается корзина.\n' });
  await desk.workOff();
}

const partner = (desk: TestDesk) => setLevel(desk.store.db, TICKET, 'partner', REGULATION, BORIS, desk.clock.now);

/** The desk answers what is on the ticket. */
const answer = async ({ store }: TestDesk, at: string) =>
  stopAnswered(store.db, TICKET, await fileAnswer(store.db, TICKET, Date.parse(at)), Date.parse(at));

describe('before a deadline and at it', () => {
  // partner, Monday: due at 13:00, warned at 12:15
  test('the leads are told, and the assignee, once each', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      await partner(desk);
      await setAssignee(desk.store.db, TICKET, 'boris@desk.example', BORIS, desk.clock.now);
      expect(await told(desk, '2026-03-02T12:14:59+03:00')).toEqual([]);
      expect(await told(desk, '2026-03-02T12:15:00+03:00')).toEqual([
        'warning before anna@desk.example',
        'warning before boris@desk.example',
      ]);
      expect(await told(desk, '2026-03-02T12:16:00+03:00')).toEqual([]);
      expect(await told(desk, '2026-03-02T13:00:00+03:00')).toEqual([
        'warning missed anna@desk.example',
        'warning missed boris@desk.example',
      ]);
      expect(await told(desk, '2026-03-03T13:00:00+03:00')).toEqual([]);
      expect(await eventsOf(desk.store.db, TICKET)).toContainEqual(
        expect.objectContaining({ kind: 'deadline', was: '2026-03-02T10:00:00.000Z', because: 'missed' }),
      );
    }));

  test('nobody is told of what was answered or closed in time', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      await partner(desk);
      await answer(desk, '2026-03-02T11:00+03:00');
      expect(await told(desk, '2026-03-02T12:30+03:00')).toEqual([]);
      await write(desk, '2026-03-02T14:00+03:00', '[#10008] Корзина');
      await setState(desk.store.db, TICKET, 'resolved', Date.parse('2026-03-02T14:10+03:00'));
      expect(await told(desk, '2026-03-03T14:00+03:00')).toEqual([]);
    }));

  test('of a ticket whose customer writes again and again only the oldest letter counts', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      await partner(desk);
      await write(desk, '2026-03-02T10:20+03:00', '[#10008] Корзина');
      await write(desk, '2026-03-02T10:40+03:00', '[#10008] Корзина');
      expect(await told(desk, '2026-03-02T12:30+03:00')).toEqual(['warning before anna@desk.example']);
      expect(await told(desk, '2026-03-02T13:10+03:00')).toEqual(['warning missed anna@desk.example']);
      expect(await told(desk, '2026-03-02T17:00+03:00')).toEqual([]);
    }));

  test('a letter that came after the answer was written is warned of for itself', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      await partner(desk);
      const entry = await fileAnswer(desk.store.db, TICKET, Date.parse('2026-03-02T11:00+03:00'));
      await write(desk, '2026-03-02T11:01+03:00', '[#10008] Корзина');
      await stopAnswered(desk.store.db, TICKET, entry, Date.parse('2026-03-02T11:02+03:00'));
      expect(await told(desk, '2026-03-02T13:00+03:00')).toEqual([]);
      expect(await told(desk, '2026-03-02T13:20+03:00')).toEqual(['warning before anna@desk.example']);
    }));
});

describe('outside working hours', () => {
  test('nobody is told; the next opening tells it', () =>
    withDesk(async (desk) => {
      // due exactly at closing
      await write(desk, '2026-03-02T17:00+03:00');
      await partner(desk);
      expect(await told(desk, '2026-03-02T19:59+03:00')).toEqual(['warning before anna@desk.example']);
      expect(await told(desk, '2026-03-02T20:00+03:00')).toEqual([]);
      expect(await told(desk, '2026-03-03T07:59+03:00')).toEqual([]);
      expect(await told(desk, '2026-03-03T08:00+03:00')).toEqual(['warning missed anna@desk.example']);
    }));

  test('an answer that left late meanwhile is told as late all the same, once', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T17:00+03:00');
      await partner(desk);
      await answer(desk, '2026-03-02T21:00+03:00');
      expect(await told(desk, '2026-03-02T22:00+03:00')).toEqual([]);
      expect(await told(desk, '2026-03-03T08:00+03:00')).toEqual(['warning missed anna@desk.example']);
      expect(await told(desk, '2026-03-03T08:01+03:00')).toEqual([]);
    }));
});

test('a later level moves the deadline: it is warned of anew', () =>
  withDesk(async (desk) => {
    await write(desk, '2026-03-02T10:00+03:00');
    await partner(desk);
    expect(await told(desk, '2026-03-02T13:00+03:00')).toEqual(['warning missed anna@desk.example']);
    await setLevel(desk.store.db, TICKET, 'free', REGULATION, BORIS, desk.clock.now);
    expect(await told(desk, '2026-03-02T14:00+03:00')).toEqual([]);
    expect(await told(desk, '2026-03-04T09:00+03:00')).toEqual(['warning before anna@desk.example']);
    expect(await told(desk, '2026-03-04T10:00+03:00')).toEqual(['warning missed anna@desk.example']);
  }));

test('a desk without leads is told by the log', () =>
  withDesk(async (desk) => {
    await write(desk, '2026-03-02T10:00+03:00');
    expect(await told(desk, '2026-03-04T11:00+03:00', configOf())).toEqual([]);
    expect(desk.log.lines.at(-1)).toMatchObject({
      level: 'warn',
      fields: { ticket: '10008', due: '2026-03-04T07:00:00.000Z' },
      message: 'an answer is late; nobody is told, for no operator is a lead',
    });
  }));

describe('the letter', () => {
  test('shows the words that wait and until when, hangs in the thread of its ticket, and is a machine’s', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      await told(desk, '2026-03-03T19:00+03:00');
      const { mail } = (await posted(desk, CONFIG)).at(-1)!;
      expect(mail.to).toEqual({ name: 'Анна', address: 'Anna@desk.example' });
      expect(mail.subject).toBe('Скоро срок ответа: [#10008] Корзина');
      expect(mail.text).toContain(
        'Письмо ждёт ответа и должно получить его не позднее 4 марта 2026 г., 10:00 по московскому времени.\n' +
          'Оно пришло 2 марта 2026 г., 10:00 по московскому времени.',
      );
      expect(mail.text).toContain('Не открывается корзина.');
      expect(mail.html).toContain('<strong>4 марта 2026 г., 10:00 по московскому времени</strong>');
      expect(mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' });
    }));

  test('of a late answer says when it left', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      await answer(desk, '2026-03-04T10:00+03:00');
      expect(await told(desk, '2026-03-04T10:00:30+03:00')).toEqual([]);
      await write(desk, '2026-03-04T10:10+03:00', '[#10008] Корзина');
      await answer(desk, new Date(Date.parse('2026-03-06T10:10+03:00') + HOUR).toISOString());
      expect(await told(desk, '2026-03-06T11:11+03:00')).toEqual(['warning missed anna@desk.example']);
      const { mail } = (await posted(desk, CONFIG)).at(-1)!;
      expect(mail.subject).toBe('Срок ответа прошёл: [#10008] Корзина');
      expect(mail.text).toContain('Ответ на письмо ушёл позже срока: 6 марта 2026 г., 11:10');
    }));

  test('is English where the desk is', () =>
    withDesk(async (desk) => {
      await write(desk, '2026-03-02T10:00+03:00');
      const english = { name: 'Support', address: 'support@desk.example', language: 'en' };
      await told(desk, '2026-03-04T10:00+03:00', configOf({ desk: english, operators: LEAD }));
      const { mail } = (await posted(desk, CONFIG)).at(-1)!;
      expect(mail.subject).toBe('Answer overdue: [#10008] Корзина');
      expect(mail.text).toContain('It was due by 4 March 2026, 10:00, Moscow time; it arrived 2 March 2026, 10:00');
    }));
});
