// What operators find in their mailboxes in the morning.

import { expect, test } from '@jest/globals';
import { type DigestJob, queueDigests } from '../../src/clocks/digest.ts';
import { operatorsOf } from '../../src/ingest/rules.ts';
import type { Store } from '../../src/store/store.ts';
import { ticketNumber } from '../../src/thread/damm.ts';
import { makeOwnId } from '../../src/thread/own-id.ts';
import { MARKS, type TestDesk, testRules, withDesk } from '../support/desk.ts';
import { configOf, posted } from '../support/posted.ts';

const CONFIG = configOf({
  operators: [
    { address: 'anna@desk.example', name: 'Анна' },
    { address: 'boris@desk.example', name: 'Борис' },
    { address: 'dev@desk.example', name: 'Денис', role: 'developer' },
  ],
});
const MORNING = Date.parse('2026-03-03T08:30:00+03:00');
let count = 0;

const job = ({ db }: Store, change: Partial<DigestJob> = {}): DigestJob => ({
  db,
  operators: () => operatorsOf(CONFIG),
  calendar: testRules().timetable.levels.free.calendar,
  language: 'ru',
  messageIdFor: (kind) => makeOwnId(MARKS.keys, MARKS.messageIdHost, kind, '00', `random${1000 + ++count}`),
  ...change,
});

/** Letters that open tickets 1000, 1001, …; nobody is told of them one by one. */
async function withTickets(desk: TestDesk, ...subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) {
    await desk.hand({
      messageId: `${subject.length}-${subject.codePointAt(0)}@client.example`,
      subject,
      text: `${subject}\n`,
    });
    await desk.workOff();
    desk.clock.now += 3_600_000;
  }
  desk.clock.now = MORNING;
}

const digests = async (desk: TestDesk) =>
  (await posted(desk, CONFIG)).filter(({ mail }) => mail.headers['Auto-Submitted'] === 'auto-generated');
const change = ({ db }: Store, id: number, values: object) =>
  db.updateTable('tickets').set(values).where('id', '=', id).execute();

test('an operator is told of his own tickets and of those that are nobody’s, each in the order it is due', () =>
  withDesk(async (desk) => {
    await withTickets(desk, 'Раз', 'Второе', 'Третье письмо', 'Чужое обращение');
    await change(desk.store, 1002, { assignee: 'anna@desk.example' });
    await change(desk.store, 1003, { assignee: 'boris@desk.example' });
    await change(desk.store, 1001, { due_at: Date.parse('2026-03-03T08:00:00+03:00') });
    expect(await queueDigests(job(desk.store), MORNING)).toBe(2);
    const [anna, boris] = await digests(desk);
    expect(anna?.mail.to.address).toBe('anna@desk.example');
    expect(anna?.mail.subject).toBe('Ждут ответа: 3');
    const lines = anna?.mail.text.match(/\[#\d+\] .*|.*ответить до.*/g);
    expect(lines?.map((line) => line.trim())).toEqual([
      `[#${ticketNumber(1002)}] Третье письмо`,
      'Ivan Petrov; ответить до 04.03.2026 12:00',
      `[#${ticketNumber(1001)}] Второе`,
      'Ivan Petrov; ответить до 03.03.2026 08:00, СРОК ПРОШЁЛ',
      '[#10008] Раз',
      'Ivan Petrov; ответить до 04.03.2026 10:00',
    ]);
    expect(boris?.mail.text).toContain('Чужое обращение');
    expect(boris?.mail.text).not.toContain('Третье письмо');
  }));

test('what is critical goes before what is due earlier', () =>
  withDesk(async (desk) => {
    await withTickets(desk, 'Раз', 'Второе');
    await change(desk.store, 1001, { critical: 'yes' });
    await queueDigests(job(desk.store), MORNING);
    const [anna] = await digests(desk);
    expect(anna?.mail.text).toMatch(/Второе[\s\S]*СРОЧНОЕ[\s\S]*Раз/);
  }));

test('who has nothing before him gets none, and the second one of a morning is the first', () =>
  withDesk(async (desk) => {
    expect(await queueDigests(job(desk.store), MORNING)).toBe(0);
    await withTickets(desk, 'Раз');
    await queueDigests(job(desk.store), MORNING);
    await queueDigests(job(desk.store), MORNING + 60_000);
    expect((await digests(desk)).map(({ mail }) => mail.to.address)).toEqual([
      'anna@desk.example',
      'boris@desk.example',
    ]);
  }));

test('on a day on which the desk is closed nobody is told', () =>
  withDesk(async (desk) => {
    await withTickets(desk, 'Раз');
    const calendar = { ...testRules().timetable.levels.free.calendar, day: () => ({ spans: [] }) as never };
    expect(await queueDigests(job(desk.store, { calendar }), MORNING)).toBe(0);
  }));
