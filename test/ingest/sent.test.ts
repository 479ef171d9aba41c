// Answers that operators wrote past kvitok, in a mail client of the shared account.

import { describe, expect, test } from '@jest/globals';
import { operatorsOf } from '../../src/ingest/rules.ts';
import { clocksOf } from '../../src/store/clocks.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { type TestDesk, testRules, withDesk } from '../support/desk.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { configOf } from '../support/posted.ts';
import { sentAnswer } from '../support/sent-answer.ts';

const HOUR = 3_600_000;
const CUSTOMER = { messageId: 'question@client.example', subject: 'Печать' };
const ANSWER: LetterSketch = {
  from: 'Поддержка <support@desk.example>',
  to: 'Ivan <ivan@client.example>',
  subject: 'Re: Печать',
  messageId: 'answer@thunderbird.desk.example',
  headers: [['In-Reply-To', '<question@client.example>']],
  text: 'Попробуйте ещё раз.\n\n> It does not print.\n',
};

const ENTRY = {
  letter_id: null,
  kind: 'answer',
  author: 'anna@desk.example',
  author_name: 'Анна',
  subject: 'Re: Печать',
  reply: 'Попробуйте ещё раз.',
  quoted: '',
  proof: 'none',
};

let count = 0;
async function sent(desk: TestDesk, sketch: LetterSketch, at = desk.clock.now, silent?: string): Promise<void> {
  await desk.ingest.keep([
    {
      source: 'sent:support',
      key: `test:sent:${++count}`,
      receivedAt: at,
      envelope: { from: null, to: [] },
      raw: raw(sketch),
      ...(silent ? { silent } : {}),
    },
  ]);
  await desk.workOff();
}
async function asked(desk: TestDesk, sketch: LetterSketch = CUSTOMER): Promise<void> {
  await desk.hand(sketch);
  await desk.workOff();
}
const outbox = ({ store }: TestDesk) => store.db.selectFrom('outbox').select(['kind', 'recipient']).execute();

describe('an answer in the folder of sent letters', () => {
  test('is written on its ticket, stops the clock when it left, and goes to nobody again', () =>
    withDesk(async (desk) => {
      await asked(desk);
      const before = await outbox(desk);
      const left = desk.clock.now + HOUR;
      desk.clock.now += 2 * HOUR;
      await sent(desk, ANSWER, left);
      expect(await desk.fates()).toEqual(['opened', 'appended']);
      const shown = await showTicket(desk.store.db, 1000);
      expect(shown?.ticket).toMatchObject({ state: 'waiting', due_at: null });
      expect(shown?.entries[1]).toMatchObject({ kind: 'answer', at: left, reply: 'Попробуйте ещё раз.' });
      expect(await clocksOf(desk.store.db, 1000)).toMatchObject([{ stopped_at: left, stopped_because: 'answered' }]);
      expect(await outbox(desk)).toEqual(before);
    }));

  test('that names its ticket by the tag alone is known as well', () =>
    withDesk(async (desk) => {
      await asked(desk);
      await sent(desk, { ...ANSWER, headers: [], subject: 'Re: [#10008] Печать' });
      expect(await desk.fates()).toEqual(['opened', 'appended']);
    }));

  test('is what the customer’s next letter may refer to', () =>
    withDesk(async (desk) => {
      await asked(desk);
      await sent(desk, ANSWER);
      const headers = [['In-Reply-To', '<answer@thunderbird.desk.example>']] as const;
      await asked(desk, { messageId: '2@client.example', subject: 'Re: Печать', text: 'Не вышло.\n', headers });
      expect(await desk.fates()).toEqual(['opened', 'appended', 'appended']);
      expect((await showTicket(desk.store.db, 1000))?.ticket.state).toBe('open');
    }));

  test('stops no clock of a letter that came after it, and the ticket waits on', () =>
    withDesk(async (desk) => {
      await asked(desk);
      const left = desk.clock.now + HOUR;
      desk.clock.now += 2 * HOUR;
      await asked(desk, { ...CUSTOMER, messageId: '2@client.example', subject: '[#10008]', text: 'Ещё вот что.\n' });
      await sent(desk, ANSWER, left);
      const [first, second] = await clocksOf(desk.store.db, 1000);
      expect([first?.stopped_at, second?.stopped_at]).toEqual([left, null]);
      expect((await showTicket(desk.store.db, 1000))?.ticket).toMatchObject({ state: 'new', due_at: second?.due_at });
    }));

  test('is told to the other operators', () =>
    withDesk(
      async (desk) => {
        await asked(desk);
        await sent(desk, ANSWER);
        const forms = await desk.store.db.selectFrom('outbox').select(['kind', 'form', 'recipient']).execute();
        expect(forms.filter(({ kind }) => kind === 'notification')).toEqual([
          { kind: 'notification', form: 'letter', recipient: 'anna@desk.example' },
          { kind: 'notification', form: 'answer', recipient: 'anna@desk.example' },
        ]);
      },
      {
        rules: {
          ...testRules(),
          operators: operatorsOf(configOf({ operators: [{ address: 'anna@desk.example', name: 'Анна' }] })),
        },
      },
    ));

  test('from before kvitok is written down and stops nothing', () =>
    withDesk(async (desk) => {
      await asked(desk);
      await sent(desk, ANSWER, desk.clock.now, 'was in the mailbox before kvitok');
      expect(await clocksOf(desk.store.db, 1000)).toMatchObject([{ stopped_at: null }]);
    }));

  test('is still one where a copy of it came to the inbox before', () =>
    withDesk(async (desk) => {
      await asked(desk);
      await asked(desk, ANSWER);
      await sent(desk, ANSWER);
      expect((await desk.fates()).at(-1)).toBe('appended');
    }));

  test('twice, under another UIDVALIDITY, is one', () =>
    withDesk(async (desk) => {
      await asked(desk);
      await sent(desk, ANSWER);
      await sent(desk, ANSWER);
      expect(await desk.fates()).toEqual(['opened', 'appended', 'duplicate']);
    }));
});

describe('an answer that kvitok sent and the provider filed under another Message-ID', () => {
  /** The customer asked, and an operator's answer has left. */
  const answered = async (desk: TestDesk): Promise<{ readonly id: string; readonly at: number }> => {
    await asked(desk);
    const at = desk.clock.now;
    const { id: entry } = await desk.store.db
      .insertInto('entries')
      .values({ ...ENTRY, ticket_id: 1000, at })
      .returning('id')
      .executeTakeFirstOrThrow();
    const outboxId = await sentAnswer(desk.store.db, { key: 'answer:1', ticket: 1000, sentAt: at });
    const row = await desk.store.db
      .updateTable('outbox')
      .set({ entry_id: entry })
      .where('id', '=', outboxId)
      .returning('message_id')
      .executeTakeFirstOrThrow();
    return { id: row.message_id, at };
  };
  const FILED: LetterSketch = { ...ANSWER, messageId: 'AM0PR01@eurprd01.prod.outlook.com', headers: [] };

  test('is the same answer where the provider kept the first id, and the customer may refer to the new one', () =>
    withDesk(async (desk) => {
      const { id } = await answered(desk);
      const headers = [['X-Microsoft-Original-Message-ID', `<${id}>`]] as const;
      await sent(desk, { ...FILED, headers, text: 'Anders umbrochen.\n' }, desk.clock.now + HOUR);
      expect(await desk.fates()).toEqual(['opened', 'own']);
      const refers = [['In-Reply-To', `<${FILED.messageId}>`]] as const;
      await asked(desk, { messageId: '2@client.example', subject: 'Re: Печать', text: 'Не вышло.\n', headers: refers });
      expect((await desk.fates()).at(-1)).toBe('appended');
      expect((await showTicket(desk.store.db, 1000))?.entries).toHaveLength(3);
    }));

  test('is the same answer by its recipient, its minute and its words', () =>
    withDesk(async (desk) => {
      const { at } = await answered(desk);
      await sent(desk, { ...FILED, text: 'Попробуйте\nещё раз.\n' }, at + 30_000);
      expect(await desk.fates()).toEqual(['opened', 'own']);
    }));

  test('is another answer where its words are others, or it left at another time', () =>
    withDesk(async (desk) => {
      const { at } = await answered(desk);
      await sent(desk, { ...FILED, headers: ANSWER.headers ?? [], text: 'Звоните.\n' }, at + 30_000);
      desk.clock.now += HOUR;
      await sent(desk, { ...FILED, headers: ANSWER.headers ?? [], messageId: 'b@prod.outlook.com' });
      expect(await desk.fates()).toEqual(['opened', 'appended', 'appended']);
    }));
});

describe('a letter in the folder of sent letters is no answer', () => {
  const TABLE: readonly { what: string; sketch: LetterSketch; fate: string }[] = [
    { what: 'when it belongs to no ticket', sketch: { ...ANSWER, headers: [] }, fate: 'elsewhere' },
    {
      what: 'when it passes the question on to a colleague',
      sketch: { ...ANSWER, to: 'Boris <boris@desk.example>' },
      fate: 'elsewhere',
    },
    {
      what: 'when a machine of the account wrote it',
      sketch: { ...ANSWER, headers: [...(ANSWER.headers ?? []), ['Auto-Submitted', 'auto-replied']] },
      fate: 'elsewhere',
    },
    {
      what: 'when it is kvitok’s own',
      sketch: { ...ANSWER, messageId: 'kvitok.ack.10008.random1234.aaaaaaaaaaaaaaaa@kvitok.desk.example' },
      fate: 'own',
    },
  ];
  test.each(TABLE)('$what', ({ sketch, fate }) =>
    withDesk(async (desk) => {
      await asked(desk);
      const before = await outbox(desk);
      await sent(desk, sketch);
      expect(await desk.fates()).toEqual(['opened', fate]);
      expect((await showTicket(desk.store.db, 1000))?.entries).toHaveLength(1);
      expect(await outbox(desk)).toEqual(before);
    }),
  );
});
