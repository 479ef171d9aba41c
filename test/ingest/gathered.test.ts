// A flood of letters: an operator gets so many one by one within an hour, and one letter at its end with all that waits.

import { expect, test } from '@jest/globals';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { ANNA, BORIS } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const MINUTE = 60_000;
const DESK = { rules: { ...RULES, operators: [ANNA, { ...BORIS, notify: false }], notificationsPerHour: 3 } };

let n = 0;
/** So many strangers, each with a letter of his own. */
const flood = (people: number) =>
  Array.from({ length: people }, () => {
    const person = `p${++n}@client.example`;
    return { from: person, subject: `Обращение ${n}`, messageId: `flood-${person}`, text: `Не работает ${n}.\n` };
  });

const toAnna = (sent: readonly LetterSent[]) =>
  sent.filter(({ to }) => to[0] === ANNA.address).map(({ message }) => message);
const withFlood = (use: (desk: TestDesk) => Promise<void>) => withDesk(use, DESK);

test('an operator reads the first letters one by one and the rest in one list at the end of the hour; none is lost', () =>
  withFlood(async (desk) => {
    const during = toAnna(await desk.round(...flood(7)));
    expect(during.map(({ subject }) => subject)).toEqual(
      [1, 2, 3].map((i) => expect.stringContaining(`Обращение ${i}`)),
    );
    desk.clock.now += 59 * MINUTE;
    expect(toAnna(await desk.out.send())).toEqual([]);
    desk.clock.now += MINUTE;
    const [list, ...others] = toAnna(await desk.out.send());
    expect(others).toEqual([]);
    expect(list!.subject).toBe('Ждут ответа: 7');
    expect(list!.text).toContain('больше писем об обращениях, чем посылается по одному');
    expect(list!.text).not.toContain('Доброе утро');
    for (const i of [1, 2, 3, 4, 5, 6, 7]) expect(list!.text).toContain(`Обращение ${i}`);
  }));

test('in the next hour letters come one by one again', () =>
  withFlood(async (desk) => {
    await desk.round(...flood(5));
    desk.clock.now += 61 * MINUTE;
    await desk.out.send();
    expect(toAnna(await desk.round(...flood(2)))).toHaveLength(2);
  }));

test('the flood is acknowledged as ever, and the admin sees in the log of which letters operators hear later', () =>
  withFlood(async (desk) => {
    const sent = await desk.round(...flood(5));
    expect(sent.filter(({ to }) => to[0] !== ANNA.address)).toHaveLength(5);
    const later = desk.log.lines.filter(({ fields }) => fields.toldLater !== undefined);
    expect(later.map(({ level, fields }) => [level, fields.toldLater])).toEqual([
      ['warn', 1],
      ['warn', 1],
    ]);
  }));

test('what one operator has had does not count against another', () =>
  withDesk(async (desk) => {
    await desk.round(...flood(4));
    await desk.store.db.updateTable('tickets').set({ assignee: BORIS.identity }).where('id', '=', 1000).execute();
    const [first] = await desk.store.db.selectFrom('tickets').select('requester').orderBy('id').execute();
    const again = { from: first!.requester, subject: '[#10008] ещё', messageId: 'again@client.example' };
    expect((await desk.round(again)).filter(({ to }) => to[0] === BORIS.address)).toHaveLength(1);
  }, DESK));
