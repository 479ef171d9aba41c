import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { MARKS, type TestDesk, withDesk } from '../support/desk.ts';
import { checked, type LetterSketch } from '../support/letter.ts';
import { ANNA, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';

const OPERATORS: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA, BORIS] } };
const FROM_ANNA = 'Анна Смирнова <anna@desk.example>';

/** A desk where Ivan has written his first letter. */
const withTicket = (use: (desk: TestDesk) => Promise<void>, change: Partial<IngestDeps> = OPERATORS) =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
    await use(desk);
  }, change);

let n = 0;
const answer = (change: LetterSketch = {}): LetterSketch => ({
  from: FROM_ANNA,
  subject: 'Re: [#10008] Не печатает',
  messageId: `answer${++n}@desk.example`,
  text: 'Перезапустите службу печати.\n',
  ...change,
});

const asides = ({ store: { db } }: TestDesk) =>
  db.selectFrom('letters').select(['disposition', 'because']).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();

describe('an operator who answers a notification', () => {
  test('by its Message-ID is relayed once, from the desk under his name, in the thread of the customer', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const [letter, ...others] = toCustomers(await desk.round(answer({ headers })));
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ from: 'support@desk.example', to: ['ivan@client.example'] });
      const { message } = letter!;
      expect(message).toMatchObject({
        subject: 'Re: [#10008] Не печатает',
        from: [{ name: 'Анна', address: 'support@desk.example' }],
        to: [{ name: 'Ivan Petrov', address: 'ivan@client.example' }],
        text: expect.stringMatching(/^Перезапустите службу печати\.\n?$/),
      });
      expect(message.references.at(-1)).toBe('first@client.example');
      expect(message.fields.first('in-reply-to')).toBe('<first@client.example>');
      expect(message.fields.has('auto-submitted')).toBe(false);
      expect(message.replyTo[0]!.address).toMatch(/^support\+[a-z2-7]+@desk\.example$/);
      expect(letter!.raw.toString('latin1').toLowerCase()).not.toContain('anna@');
    }));

  test('by the signed address alone is relayed too', () =>
    withTicket(async (desk) => {
      const { replyTo } = await told(desk, ANNA, 1000);
      expect(toCustomers(await desk.round(answer({ to: replyTo, subject: 'Re: Не печатает' })))).toMatchObject([
        { to: ['ivan@client.example'] },
      ]);
    }));

  test('makes the ticket wait for the customer, and his answer is an entry of it', () =>
    withTicket(async (desk) => {
      await desk.round(answer({ headers: (await told(desk, ANNA, 1000)).headers }));
      expect(await showTicket(desk.store.db, 1000)).toMatchObject({
        ticket: { state: 'waiting' },
        entries: [{ kind: 'customer' }, { kind: 'answer', author: 'anna@desk.example', author_name: 'Анна' }],
      });
    }));

  test('sends no history, and an own address in a signature becomes the desk’s', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const text =
        'Готово, пишите на Anna@Desk.example.\n\n02.03.2026 10:00, Ivan пишет:\n> Принтер не печатает.\n> Уровень: free\n';
      const [letter] = toCustomers(await desk.round(answer({ headers, text })));
      expect(letter!.message.text.trim()).toBe('Готово, пишите на support@desk.example.');
      expect(letter!.message.html).not.toContain('Уровень');
    }));

  test('whose customer answers it is heard on the same ticket, by the address that was signed for the customer', () =>
    withTicket(async (desk) => {
      const [letter] = toCustomers(await desk.round(answer({ headers: (await told(desk, ANNA, 1000)).headers })));
      await desk.round({
        from: 'ivan.petrov@mail.example',
        to: letter!.message.replyTo[0]!.address,
        subject: 'Re: Не печатает',
        messageId: 'second@mail.example',
        text: 'Помогло, но теперь он шумит.\n',
      });
      expect(await desk.fates()).toEqual(['opened', 'appended', 'appended']);
      expect((await showTicket(desk.store.db, 1000))?.ticket.state).toBe('open');
    }));
});

describe('what has the operator’s From and not all of the proof is not relayed: ', () => {
  const refused: readonly [string, (desk: TestDesk) => Promise<LetterSketch | Uint8Array>, RegExp][] = [
    ['the tag alone', async () => answer(), /no-token/],
    [
      'a Message-ID that looks like ours',
      async () =>
        answer({
          headers: [['In-Reply-To', '<kvitok.notification.10008.random0001.aaaaaaaaaaaaaaaa@kvitok.desk.example>']],
        }),
      /no-token/,
    ],
    [
      'a token that was written to another operator',
      async (desk) => {
        const { headers, replyTo } = await told(desk, BORIS, 1000);
        return answer({ headers, to: replyTo });
      },
      /no-token/,
    ],
    [
      'the token that the customer got',
      async (desk) => {
        const { message_id } = await desk.store.db
          .selectFrom('outbox')
          .select('message_id')
          .where('kind', '=', 'acknowledgement')
          .executeTakeFirstOrThrow();
        return answer({ headers: [['In-Reply-To', `<${message_id}>`]] });
      },
      /no-token/,
    ],
    [
      'a sender whom the desk’s server found to be false',
      async (desk) =>
        checked('dmarc=fail header.from=desk.example', answer({ headers: (await told(desk, ANNA, 1000)).headers })),
      /sender-failed/,
    ],
  ];
  test.each(refused)('%s', (_what, make, why) =>
    withTicket(async (desk) => {
      const before = await desk.store.db.selectFrom('entries').select('id').execute();
      const sent = await desk.round(await make(desk));
      expect(await asides(desk)).toMatchObject({ disposition: 'quarantined', because: expect.stringMatching(why) });
      expect(toCustomers(sent)).toEqual([]);
      expect(toOperators(sent).map(({ to }) => to)).toEqual([['anna@desk.example']]);
      expect(await desk.store.db.selectFrom('entries').select('id').execute()).toEqual(before);
      expect(desk.log.lines.filter(({ fields }) => fields.event === 'operator-unproven')).toHaveLength(1);
    }),
  );

  test('the sender of a desk whose server states who is proven, without its pass', () =>
    withTicket(
      async (desk) => {
        const { headers } = await told(desk, ANNA, 1000);
        await desk.round(answer({ headers }));
        expect(await asides(desk)).toMatchObject({ because: expect.stringMatching(/sender-not-proven/) });
        const sent = await desk.round(checked('dmarc=pass header.from=desk.example', answer({ headers })));
        expect(toCustomers(sent).map(({ to }) => to)).toEqual([['ivan@client.example']]);
      },
      { rules: { ...RULES, operators: [ANNA], passNeeded: true } },
    ));
});

describe('an operator’s token in another’s hands', () => {
  const strangers = ['mallory@evil.example', 'olga@client.example'];
  test.each(strangers)('makes %s no operator, no customer of the ticket, and tells nothing of it', (from) =>
    withTicket(async (desk) => {
      const { headers, replyTo } = await told(desk, ANNA, 1000);
      const sent = await desk.round({
        from,
        mailFrom: from,
        to: replyTo,
        headers,
        messageId: 'x@evil.example',
        subject: 'Re: x',
        text: 'Дайте пароль.\n',
      });
      expect(await desk.fates()).toEqual(['opened', 'opened']);
      expect((await showTicket(desk.store.db, 1000))?.entries).toHaveLength(1);
      // operators are told which ticket he named, he is not
      const theirs = toCustomers(sent);
      expect(theirs.map(({ to }) => to)).toEqual([[from]]);
      for (const { message } of theirs) expect(message.subject + message.text + message.html).not.toContain('10008');
    }),
  );

  test('who was removed from the configuration is the hand of nobody', () => {
    let operators = [ANNA];
    return withTicket(
      async (desk) => {
        const { headers, replyTo } = await told(desk, ANNA, 1000);
        operators = [];
        const sent = await desk.round(answer({ headers, to: replyTo, text: 'Я больше не работаю здесь.\n' }));
        expect(sent).toEqual([]);
        expect(await desk.fates()).toEqual(['opened', 'opened']);
        expect((await showTicket(desk.store.db, 1000))?.entries).toHaveLength(1);
      },
      {
        rules: {
          ...RULES,
          get operators() {
            return operators;
          },
        },
      },
    );
  });

  test('is worth nothing once the key that signed it is believed no more', () => {
    const marks = { ...MARKS, keys: { current: 'a new key', believed: ['a new key'] } };
    return withTicket(
      async (desk) => {
        const { headers, replyTo } = await told(desk, ANNA, 1000);
        await desk.round(answer({ headers, to: replyTo }));
        expect(await asides(desk)).toMatchObject({ because: expect.stringMatching(/no-token/) });
      },
      { ...OPERATORS, marks },
    );
  });
});

test('an operator’s vacation notice is filed on the ticket and goes nowhere', () =>
  withTicket(async (desk) => {
    const { headers } = await told(desk, ANNA, 1000);
    const vacation = answer({
      headers: [...headers, ['Auto-Submitted', 'auto-replied']],
      text: 'Я в отпуске до 10 марта.\n',
    });
    expect(await desk.round(vacation)).toEqual([]);
    expect((await showTicket(desk.store.db, 1000))?.entries.map(({ kind }) => kind)).toEqual(['customer', 'automatic']);
  }));

describe('an operator whose letter only sounds like a vacation notice', () => {
  const fixture = (name: string) => readFileSync(new URL(`../../fixtures/letters/vacation/${name}`, import.meta.url));
  const OWN_MATTER = fixture('operator-own-matter.eml');

  test('is asked about it, and his «да» makes it a ticket of his own', () =>
    withTicket(async (desk) => {
      const [question, ...others] = await desk.round(OWN_MATTER);
      expect(others).toEqual([]);
      expect(question).toMatchObject({
        to: ['anna@desk.example'],
        message: { subject: 'Это письмо от вас? Магазин отца' },
      });
      expect((await desk.fates()).at(-1)).toBe('quarantined');
      await desk.round(answer({ to: question!.message.replyTo[0]!.address, text: 'да\n' }));
      expect((await showTicket(desk.store.db, 1001))?.entries).toMatchObject([
        { kind: 'customer', author: 'anna@desk.example' },
      ]);
    }));

  test('gets no question where a field of its header says that a robot wrote it', () =>
    withTicket(async (desk) => {
      const marked = Buffer.concat([Buffer.from('Auto-Submitted: auto-replied\r\n'), OWN_MATTER]);
      expect(await desk.round(marked)).toEqual([]);
      expect((await desk.fates()).at(-1)).toBe('automatic');
    }));

  test('is a robot after all that answers every question anew: it gets three a day and one list of them, and each letter is kept', () =>
    withTicket(async (desk) => {
      const questions: number[] = [];
      for (let hour = 0; hour < 30; hour += 1) {
        const sent = await desk.round(answer({ subject: 'Отпуск', text: `${AWAY}${'\n'.repeat(hour)}.\n` }));
        questions.push(...sent.map(() => hour));
        desk.clock.now += 3_600_000;
      }
      expect(questions).toEqual([0, 1, 2, 3, 24, 25, 26, 27]);
      expect((await desk.fates()).slice(1)).toEqual(Array.from({ length: 30 }, () => 'quarantined'));
    }));
});
const AWAY = 'Я нахожусь в отпуске до 10 марта. По срочным вопросам обращайтесь к Борису';

test('the same letter of an operator once more is a duplicate', () =>
  withTicket(async (desk) => {
    const letter = answer({ headers: (await told(desk, ANNA, 1000)).headers });
    await desk.round(letter);
    expect(await desk.round({ ...letter, headers: [...letter.headers!, ['Received', 'by elsewhere']] })).toEqual([]);
    expect((await desk.fates()).at(-1)).toBe('duplicate');
  }));

test('people whom a proven customer copied get the answer as well, operators among them do not', () =>
  withTicket(async (desk) => {
    await desk.round(
      checked('dmarc=pass header.from=client.example', {
        subject: 'Re: [#10008] Не печатает',
        messageId: 'second@client.example',
        cc: 'Olga <olga@client.example>, boris@desk.example',
      }),
    );
    const [letter] = toCustomers(await desk.round(answer({ headers: (await told(desk, ANNA, 1000)).headers })));
    expect(letter).toMatchObject({ to: ['ivan@client.example', 'olga@client.example'] });
    expect(letter!.message.cc).toEqual([{ name: 'Olga', address: 'olga@client.example' }]);
  }));
