// What is set aside can be taken out: by a later copy, by an operator's word, by an admin's; and the operator who is asked too
// often hears of all of it in one letter.

import { describe, expect, test } from '@jest/globals';
import { queueDigests } from '../../src/clocks/digest.ts';
import type { IngestDeps } from '../../src/ingest.ts';
import { releaseLetter, retryByHand } from '../../src/store/set-aside.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { makeOwnId } from '../../src/thread/own-id.ts';
import { RULES } from '../support/case.ts';
import { MARKS, type TestDesk, testRules, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';
import { ANNA, answering, BORIS, toCustomers, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const OPERATORS: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA, BORIS] } };
const withOperators = (use: (desk: TestDesk) => Promise<void>) => withDesk(use, OPERATORS);
const HOUR = 3_600_000;

const ROBOT = [['Auto-Submitted', 'auto-generated']] as const;
const marked = (change: LetterSketch = {}): LetterSketch => ({ subject: 'Касса', headers: ROBOT, ...change });
const letters = ({ store }: TestDesk) =>
  store.db
    .selectFrom('letters')
    .select(['disposition', 'aside', 'same_as', 'because', 'silence'])
    .orderBy('id')
    .execute();

describe('a copy that came first and was set aside', () => {
  test('gives way to the customer’s own copy, and says to which', () =>
    withOperators(async (desk) => {
      expect(await desk.round(marked())).toEqual([]);
      const sent = await desk.round(marked({ headers: [] }));
      expect(toCustomers(sent)).toHaveLength(1);
      expect(toOperators(sent)).toHaveLength(2);
      expect(await letters(desk)).toMatchObject([
        {
          disposition: 'duplicate',
          aside: null,
          same_as: 2,
          because: expect.stringContaining('superseded by letter 2'),
        },
        { disposition: 'opened', aside: null, same_as: null },
      ]);
    }));

  test('stays what it is when a robot’s letter is met twice', () =>
    withOperators(async (desk) => {
      await desk.round(marked());
      await desk.round(marked({ headers: [...ROBOT, ['X-Trace', 'again']] }));
      expect(await letters(desk)).toMatchObject([
        { disposition: 'automatic', aside: 'automatic' },
        { disposition: 'duplicate', same_as: 1 },
      ]);
    }));

  test('was filed on a ticket as automatic: the customer’s copy is filed as his, and the desk hears of it', () =>
    withOperators(async (desk) => {
      const [acknowledged] = toCustomers(await desk.round({ subject: 'Касса', messageId: 'first@client.example' }));
      const reply = { subject: 'Re: Касса', messageId: 'second@client.example', text: 'Снова!\n' };
      const { headers } = answering(acknowledged!);
      await desk.round({ ...reply, headers: [...headers, ...ROBOT] });
      expect(toOperators(await desk.round({ ...reply, headers }))).toHaveLength(2);
      const entries = (await showTicket(desk.store.db, 1000))?.entries;
      expect(entries?.map(({ kind }) => kind)).toEqual(['customer', 'automatic', 'customer']);
    }));

  test('could not be handled at all: the one that can be is', () =>
    withOperators(async (desk) => {
      await desk.round({ subject: 'Касса' });
      await desk.store.db.updateTable('letters').set({ disposition: 'quarantined', aside: 'failed' }).execute();
      await desk.round({ subject: 'Касса', headers: [['X-Trace', 'again']] });
      expect((await letters(desk)).map(({ disposition }) => disposition)).toEqual(['duplicate', 'opened']);
    }));

  test('an operator gave it up: no later copy of it goes to anybody', () =>
    withOperators(async (desk) => {
      const [question] = await desk.round(unproven(1));
      await desk.round(reply(question!, 'нет'));
      expect(await desk.round({ ...unproven(1), headers: [['X-Trace', 'again']] })).toEqual([]);
      expect((await desk.fates()).at(-1)).toBe('duplicate');
    }));
});

test('two copies whose text is read in two ways are two letters, for one of them shows nothing', () =>
  withOperators(async (desk) => {
    await desk.round({ subject: 'Касса', headers: [['Content-Type', 'multipart/alternative']], text: 'Раз\n' });
    await desk.round({ subject: 'Касса', headers: [['Content-Type', 'multipart/mixed']], text: 'Раз\n' });
    expect(await desk.fates()).toEqual(['opened', 'opened']);
    await desk.round({ subject: 'Касса', headers: [['Content-Type', 'Multipart/MIXED']], text: 'Раз\n' });
    expect((await desk.fates()).at(-1)).toBe('duplicate');
  }));

describe('a robot’s letter that an admin releases', () => {
  const released = async (desk: TestDesk, change: LetterSketch = {}) => {
    await desk.round(marked(change));
    const done = await desk.store.db
      .transaction()
      .execute((trx) => releaseLetter(trx, { letter: 1, by: 'admin', confirmed: null }, desk.clock.now));
    expect(done).toBe(true);
    return desk.round();
  };

  test('opens a ticket that operators hear of, and whose writer gets no letter', () =>
    withOperators(async (desk) => {
      const sent = await released(desk);
      expect(toCustomers(sent)).toEqual([]);
      expect(toOperators(sent)).toHaveLength(2);
      expect(await letters(desk)).toMatchObject([
        { disposition: 'opened', aside: null, silence: expect.stringContaining('automatic') },
      ]);
    }));

  test('is handed over a second time: it repeats the ticket', () =>
    withOperators(async (desk) => {
      await released(desk);
      await desk.round(marked({ headers: [...ROBOT, ['X-Trace', 'again']] }));
      await desk.round(marked({ headers: [['X-Trace', 'unmarked']] }));
      expect(await desk.fates()).toEqual(['opened', 'duplicate', 'duplicate']);
    }));

  test('can’t be released twice, nor can a letter that is on a ticket', () =>
    withOperators(async (desk) => {
      await released(desk);
      const again = { letter: 1, by: 'admin', confirmed: null };
      expect(await releaseLetter(desk.store.db, again, desk.clock.now)).toBe(false);
    }));
});

const unproven = (n: number, change: LetterSketch = {}): LetterSketch => ({
  from: 'Анна <anna@desk.example>',
  mailFrom: 'anna@desk.example',
  messageId: `unproven-${n}@desk.example`,
  subject: `Вопрос ${n}`,
  text: `Вопрос ${n}\n`,
  ...change,
});
const reply = (to: LetterSent, text: string, change: LetterSketch = {}): LetterSketch => ({
  from: 'Анна <anna@desk.example>',
  mailFrom: 'anna@desk.example',
  messageId: `reply-${text.replace(/\P{L}/gu, '')}-${to.message.messageId}`,
  subject: `Re: ${to.message.subject}`,
  text: `${text}\n`,
  headers: answering(to).headers,
  ...change,
});

describe('an operator whose server proves nobody', () => {
  test('is asked about three letters of an hour, and about the fourth in a list of all that wait', () =>
    withOperators(async (desk) => {
      const sent = await desk.round(...[1, 2, 3, 4].map((n) => unproven(n)));
      expect(sent.map(({ message }) => message.subject)).toEqual([
        'Это письмо от вас? Вопрос 1',
        'Это письмо от вас? Вопрос 2',
        'Это письмо от вас? Вопрос 3',
        'Ждут вашего решения письма: 4',
      ]);
      for (const n of [1, 2, 3, 4]) expect(sent[3]!.message.text).toMatch(new RegExp(`письмо ${n}, .*: Вопрос ${n}`));
    }));

  test('hears of the fifth and all behind it in one list more, an hour later, without what is settled by then', () =>
    withOperators(async (desk) => {
      const sent = await desk.round(...[1, 2, 3, 4].map((n) => unproven(n)));
      await desk.round(reply(sent[0]!, 'да'));
      expect(await desk.round(unproven(5), unproven(6))).toEqual([]);
      desk.clock.now += HOUR;
      const [list, ...more] = await desk.round();
      expect(more).toEqual([]);
      expect(list!.message.subject).toBe('Ждут вашего решения письма: 5');
      expect([...list!.message.text.matchAll(/Вопрос (\d)/g)].map(([, n]) => n)).toEqual(['2', '3', '4', '5', '6']);
    }));

  test('lets all go that a list names with «да», and nothing that came behind it', () =>
    withOperators(async (desk) => {
      const sent = await desk.round(...[1, 2, 3, 4].map((n) => unproven(n)));
      await desk.round(unproven(5));
      await desk.round(reply(sent[3]!, 'Да!'));
      expect((await desk.fates()).slice(0, 5)).toEqual([...Array(4).fill('opened'), 'quarantined']);
    }));

  test('lets all go with #выпустить, and one of them by its number', () =>
    withOperators(async (desk) => {
      const sent = await desk.round(...[1, 2, 3, 4].map((n) => unproven(n)));
      const [transcript] = await desk.round(reply(sent[3]!, '#выпустить 2'));
      expect(transcript!.message.text).toContain('письмо 2 (anna@desk.example): будет обработано');
      expect((await desk.fates()).slice(0, 4)).toEqual(['quarantined', 'opened', 'quarantined', 'quarantined']);
      await desk.round(reply(sent[3]!, '#выпустить'));
      expect((await desk.fates()).slice(0, 4)).toEqual(Array(4).fill('opened'));
    }));

  test('gives all of them up with «нет»', () =>
    withOperators(async (desk) => {
      const sent = await desk.round(...[1, 2, 3, 4].map((n) => unproven(n)));
      await desk.round(reply(sent[3]!, 'нет'));
      expect((await letters(desk)).slice(0, 4).map(({ aside }) => aside)).toEqual(Array(4).fill('given-up'));
    }));

  test('who answers a list with other words is asked once more about all of it', () =>
    withOperators(async (desk) => {
      const sent = await desk.round(...[1, 2, 3, 4].map((n) => unproven(n)));
      const [unclear] = await desk.round(reply(sent[3]!, 'Это какие?'));
      await desk.round(reply(unclear!, 'да'));
      expect((await desk.fates()).slice(0, 4)).toEqual(Array(4).fill('opened'));
    }));

  test('is asked again about a letter that an admin tries again', () =>
    withOperators(async (desk) => {
      await desk.round(unproven(1));
      desk.clock.now += 2 * HOUR;
      expect(await retryByHand(desk.store.db, 1, desk.clock.now)).toBe(true);
      const [again] = await desk.round();
      expect(again!.message.subject).toBe('Это письмо от вас? Вопрос 1');
      await desk.round(reply(again!, 'да'));
      expect((await desk.fates())[0]).toBe('opened');
    }));

  test('has the letter that an admin releases dealt with as his own', () =>
    withOperators(async (desk) => {
      await desk.round(unproven(1));
      const change = { letter: 1, by: 'admin', confirmed: ANNA.identity };
      await releaseLetter(desk.store.db, change, desk.clock.now);
      await desk.round();
      expect((await showTicket(desk.store.db, 1000))?.entries).toMatchObject([{ author: 'anna@desk.example' }]);
    }));

  test('can’t be made to release by a stranger who forges his address', () =>
    withOperators(async (desk) => {
      await desk.round(marked());
      await desk.round(unproven(1, { text: '#release 1\n' }));
      expect(await desk.fates()).toEqual(['automatic', 'quarantined']);
    }));
});

describe('the digest of the morning', () => {
  const MORNING = Date.parse('2026-03-03T08:30:00+03:00');
  let made = 0;
  const digest = async (desk: TestDesk, now: number) => {
    desk.clock.now = now;
    const job = {
      db: desk.store.db,
      operators: () => [ANNA],
      calendar: testRules().timetable.levels.free.calendar,
      language: 'ru' as const,
      messageIdFor: (kind: 'digest') =>
        makeOwnId(MARKS.keys, MARKS.messageIdHost, kind, '00', `random${2000 + ++made}`),
    };
    await queueDigests(job, now);
    return desk.out.send();
  };

  test('names what was set aside since the last one, and #выпустить in an answer to it opens the ticket', () =>
    withOperators(async (desk) => {
      await desk.round(
        marked({ from: 'shop@luch.example' }),
        marked({ from: 'x@luch.example', messageId: 'x@y.example' }),
      );
      const [first] = await digest(desk, MORNING);
      expect(first!.message.text).toContain('С прошлой сводки отложено писем: 2');
      expect(first!.message.text).toMatch(/письмо 1: shop@luch\.example\s+Касса/);
      const headers = [['In-Reply-To', `<${first!.message.messageId}>`]] as const;
      const sent = await desk.round(unproven(1, { subject: 'Re: Ждут ответа', text: '#выпустить 1\n', headers }));
      expect(toCustomers(sent)).toEqual([]);
      expect((await desk.fates()).slice(0, 2)).toEqual(['opened', 'automatic']);
      const [next] = await digest(desk, MORNING + 24 * HOUR);
      expect(next!.message.text).not.toContain('отложено писем');
    }));

  test('says nothing of what was set aside to developers, and is not written where nothing is', () =>
    withOperators(async (desk) => {
      expect(await digest(desk, MORNING)).toEqual([]);
    }));
});
