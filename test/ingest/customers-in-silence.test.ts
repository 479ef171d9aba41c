// Customers who write more in an hour than an address has acknowledgements for, and robots that do the same.

import { expect, test } from '@jest/globals';
import { type TestDesk, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';
import type { LetterSent } from '../support/way-out.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const IVAN = 'ivan@client.example';

let n = 0;
const write = (desk: TestDesk, subject: string, more: Partial<LetterSketch> = {}) => {
  desk.clock.now += MINUTE;
  return desk.round({
    subject,
    messageId: `silence-${++n}@client.example`,
    text: `${subject}: вопрос ${n}.\n`,
    ...more,
  });
};
const numbers = (sent: readonly LetterSent[]) =>
  sent.flatMap(({ message }) => [...message.text.matchAll(/\[#(\d+)\]/g)].map(([, number]) => number));
const ticketsOf = ({ store: { db } }: TestDesk) =>
  db.selectFrom('tickets').select(['number', 'state']).orderBy('id').execute();

test('whoever writes of six matters within an hour gets three numbers at once and three in one letter at its end', () =>
  withDesk(async (desk) => {
    const sent: LetterSent[] = [];
    for (const matter of ['Касса', 'Доставка', 'Оплата', 'Скидки', 'Отзывы', 'Выгрузка'])
      sent.push(...(await write(desk, matter)));
    expect(sent).toHaveLength(3);
    desk.clock.now += 53 * MINUTE;
    expect(await desk.out.send()).toEqual([]);
    desk.clock.now += MINUTE;
    const [gathered, ...others] = await desk.out.send();
    expect(others).toEqual([]);
    expect(gathered!.to).toEqual([IVAN]);
    expect(gathered!.message.subject).toBe('Ваши обращения приняты: 3');
    expect(gathered!.message.fields.first('auto-submitted')).toBe('auto-replied');
    expect(gathered!.from).toBe('');
    const opened = (await ticketsOf(desk)).map(({ number }) => number);
    expect([...new Set(numbers([gathered!]))]).toEqual(opened.slice(3));
    // nothing proves Ivan, so that none of his words is sent to whoever owns the address
    expect(gathered!.message.text).not.toContain('Скидки');
    desk.clock.now += HOUR;
    expect(await desk.out.send()).toEqual([]);
  }));

test('a customer who stays silent afterwards is met with numbers again in the next hour', () =>
  withDesk(async (desk) => {
    for (const matter of ['Касса', 'Доставка', 'Оплата', 'Скидки']) await write(desk, matter);
    desk.clock.now += 90 * MINUTE;
    await desk.out.send();
    expect(await write(desk, 'Отзывы')).toHaveLength(1);
  }));

test('a second spelling of one mailbox gets no second list', () =>
  withDesk(async (desk) => {
    for (const tag of ['a', 'b', 'c', 'd', 'e'])
      await write(desk, `Вопрос ${tag}`, { from: `ivan+${tag}@client.example` });
    desk.clock.now += HOUR;
    expect(await desk.out.send()).toHaveLength(1);
  }));

test('letters that answer something are in no list', () =>
  withDesk(async (desk) => {
    for (const matter of ['Касса', 'Доставка', 'Оплата']) await write(desk, matter);
    await write(desk, 'Re: Касса');
    await write(desk, 'Скидки', { headers: [['In-Reply-To', '<gone@other.example>']] });
    await write(desk, 'Отчёт', { headers: [['Precedence', 'bulk']] });
    desk.clock.now += HOUR;
    expect(await desk.out.send()).toEqual([]);
  }));

test('a resolved ticket that is opened again within the hour is acknowledged, and a further letter is not', () =>
  withDesk(async (desk) => {
    await write(desk, 'Касса');
    await write(desk, '[#10008] Касса', { text: 'Номер кассы 17.\n' });
    await desk.store.db.updateTable('tickets').set({ state: 'resolved' }).execute();
    const [again, ...others] = await write(desk, '[#10008] Касса', { text: 'Опять не печатает.\n' });
    expect(others).toEqual([]);
    expect(again!.message.text).toContain('добавили его к обращению 10008');
    expect(await write(desk, '[#10008] Касса', { text: 'И ещё не печатает.\n' })).toEqual([]);
  }));

/** Answers each letter of ours at once for two days; gives how many it got. */
async function robotAnswers(desk: TestDesk, answer: (ours: LetterSent) => Partial<LetterSketch> & { subject: string }) {
  const first = { subject: 'Пишу с моря' };
  let ours = [...(await write(desk, first.subject))];
  let heard = 0;
  for (let quarter = 0; quarter < 2 * 24 * 4; quarter += 1) {
    while (ours.length > 0) {
      heard += ours.length;
      const answers = ours.map(answer);
      ours = [];
      for (const { subject, ...more } of answers) ours.push(...(await write(desk, subject, more)));
    }
    desk.clock.now += 15 * MINUTE;
    ours = [...(await desk.out.send())];
  }
  return heard;
}

test('a robot without marks that answers everything under a subject of its own ends at the share of a day', () =>
  withDesk(async (desk) => {
    expect(await robotAnswers(desk, () => ({ subject: 'Пишу с моря' }))).toBeLessThanOrEqual(10);
  }));

test('a robot that keeps our thread ends within the hour, and no list starts it again', () =>
  withDesk(async (desk) => {
    const heard = await robotAnswers(desk, ({ message }) => ({
      subject: `Re: ${message.subject}`,
      headers: [['In-Reply-To', `<${message.messageId}>`]],
    }));
    expect(heard).toBeLessThanOrEqual(3);
  }));
