// An operator's answer that comes back: its writer hears of it, and the ticket waits for the desk again.

import { describe, expect, test } from '@jest/globals';
import { tellDeadlines } from '../../src/clocks/deadlines.ts';
import { clocksOf } from '../../src/store/clocks.ts';
import { dueTickets } from '../../src/store/due-tickets.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { ANNA, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';
import { configOf, posted } from '../support/posted.ts';
import { REGULATION } from '../support/timetable.ts';

const report = (messageId: string, { action = 'failed', status = '5.1.1', whom = 'ivan@client.example' } = {}) =>
  Buffer.from(
    [
      'From: Mail Delivery System <MAILER-DAEMON@client.example>',
      'To: support@desk.example',
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <bounce-${status}@client.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="d"',
      '',
      '--d',
      'Content-Type: text/plain',
      '',
      'No such user.',
      '--d',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.client.example',
      '',
      `Final-Recipient: rfc822; ${whom}`,
      `Action: ${action}`,
      `Status: ${status}`,
      'Diagnostic-Code: smtp; 550 no such user',
      '',
      '--d',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${messageId}>`,
      '',
      '--d--',
      '',
    ].join('\r\n'),
  );

/** A desk on which Anna has answered Ivan; `use` gets the Message-ID of the answer. */
const withAnswer = (use: (desk: TestDesk, messageId: string) => Promise<void>) =>
  withDesk(
    async (desk) => {
      await desk.round({ subject: 'Не печатает', messageId: 'first@client.example' });
      const { headers } = await told(desk, ANNA, 1000);
      const text = 'Перезапустите службу печати.\n';
      const [answer] = toCustomers(
        await desk.round({
          from: 'Анна <anna@desk.example>',
          subject: 'Re: Не печатает',
          messageId: 'a@d',
          headers,
          text,
        }),
      );
      await use(desk, answer!.message.messageId!);
    },
    { rules: { ...RULES, operators: [ANNA, BORIS] } },
  );

test('its writer is told alone, with the reason and her words, and the ticket is open', () =>
  withAnswer(async (desk, messageId) => {
    const [letter, ...others] = toOperators(await desk.round(report(messageId)));
    expect(others).toEqual([]);
    expect(letter?.to).toEqual(['anna@desk.example']);
    expect(letter?.message.subject).toBe('Ответ не доставлен: [#10008] Не печатает');
    expect(letter?.message.text).toContain('550 no such user');
    expect(letter?.message.text).toContain('Перезапустите службу печати.');
    const shown = await showTicket(desk.store.db, 1000);
    expect(shown?.ticket.state).toBe('open');
    expect(shown?.entries.map(({ kind }) => kind)).toEqual(['customer', 'answer', 'bounce', 'system']);
  }));

test('the history that #status shows says so in the language of the desk, as all that moved the ticket', () =>
  withAnswer(async (desk, messageId) => {
    await desk.round({ subject: 'Re: [#10008] Не печатает', text: 'Не помогло.\n', messageId: 'again@client.example' });
    const { headers } = await told(desk, ANNA, 1000);
    const answer = { from: 'anna@desk.example', subject: 'Re: Не печатает', headers };
    await desk.round({ ...answer, messageId: 'b@d', text: 'Пришлите снимок экрана.\n' });
    await desk.round(report(messageId));
    const [status] = toOperators(await desk.round({ ...answer, messageId: 'c@d', text: '#статус\n' }));
    for (const why of ['клиент написал', 'ответ клиенту', 'ответ не дошёл до клиента'])
      expect(status?.message.text).toContain(`(${why})`);
  }));

const OLGA = 'olga@client.example';
/** Lets what left be a letter with Olga in Cc; or the one that brought it to her alone, later. */
const copied = async ({ store: { db } }: TestDesk, alone: boolean): Promise<void> => {
  const { id, model } = await db
    .selectFrom('outbox')
    .select(['id', 'model'])
    .where('kind', '=', 'answer')
    .executeTakeFirstOrThrow();
  const more = { cc: [{ name: 'Olga', address: OLGA }], ...(alone ? { only: [OLGA] } : {}) };
  const changed = JSON.stringify({ ...JSON.parse(model), ...more });
  await db.updateTable('outbox').set({ model: changed }).where('id', '=', id).execute();
};
const suspended = async ({ store: { db } }: TestDesk) =>
  (await db.selectFrom('suspensions').select('address').execute()).map(({ address }) => address);

test.each([
  ['a letter of its own comes back that brought it to her later', OLGA],
  ['so does one from where her mailbox forwards to', 'olga@elsewhere.example'],
])('where %s, it is she who did not get it: the customer did, and counts as reachable', (_, whom) =>
  withAnswer(async (desk, messageId) => {
    await copied(desk, true);
    const [letter] = toOperators(await desk.round(report(messageId, { whom })));
    expect(letter?.message.subject).toBe('Ответ дошёл не до всех: [#10008] Не печатает');
    expect(await suspended(desk)).toEqual([OLGA]);
    expect((await showTicket(desk.store.db, 1000))?.ticket).toMatchObject({ state: 'waiting', due_at: null });
  }),
);

describe('where the answer went to the customer and to Olga, each of whom knows its Message-ID', () => {
  /** The report as the desk's server took it in, signed by a domain. */
  const proven = (bounce: Buffer, domain = 'client.example') => {
    const stamp = [
      `Authentication-Results: mx.desk.example; dkim=pass header.d=${domain}`,
      'Received: from mx.client.example (mx.client.example [192.0.2.10]) by mx.desk.example with ESMTPS id made;',
      ' Mon, 02 Mar 2026 10:00:00 +0300',
    ];
    return Buffer.concat([Buffer.from(`${stamp.join('\r\n')}\r\n`), bounce]);
  };

  test.each([
    ['Olga', OLGA],
    ['the customer', 'ivan@client.example'],
  ])('a report about %s that nothing proves is shown as unverified and moves nothing', (_, whom) =>
    withAnswer(async (desk, messageId) => {
      await copied(desk, false);
      const [letter, ...others] = toOperators(await desk.round(report(messageId, { whom })));
      expect(others).toEqual([]);
      expect(letter?.to).toEqual(['anna@desk.example']);
      expect(letter?.message.subject).toBe('Непроверенный отчёт о недоставке: [#10008] Не печатает');
      expect(letter?.message.text).toContain('В обращении ничего не изменилось.');
      expect(await suspended(desk)).toEqual([]);
      const shown = await showTicket(desk.store.db, 1000);
      expect(shown?.ticket).toMatchObject({ state: 'waiting', due_at: null });
      expect(shown?.entries.at(-1)?.reply).toContain(`Непроверенный отчёт о недоставке ответа: ${whom}`);
    }),
  );

  test('one of the customer’s own mail system counts: he did not get it', () =>
    withAnswer(async (desk, messageId) => {
      await copied(desk, false);
      await desk.round(proven(report(messageId)));
      expect(await suspended(desk)).toEqual(['ivan@client.example']);
      expect((await showTicket(desk.store.db, 1000))?.ticket.state).toBe('open');
    }));

  test('one of her own mail system counts: the customer has his, and the ticket waits for him', () =>
    withAnswer(async (desk, messageId) => {
      await copied(desk, false);
      const [letter] = toOperators(await desk.round(proven(report(messageId, { whom: OLGA }))));
      expect(letter?.message.subject).toBe('Ответ дошёл не до всех: [#10008] Не печатает');
      expect(await suspended(desk)).toEqual([OLGA]);
      expect((await showTicket(desk.store.db, 1000))?.ticket.state).toBe('waiting');
    }));

  test('one that somebody else’s mail system signed, or a colleague in his own name, counts for nothing', () =>
    withAnswer(async (desk, messageId) => {
      await copied(desk, false);
      const foreign = report(messageId)
        .toString()
        .replace('MAILER-DAEMON@client.example', 'MAILER-DAEMON@elsewhere.example');
      await desk.round(proven(Buffer.from(foreign), 'elsewhere.example'));
      const colleague = report(messageId, { status: '5.2.2' }).toString().replace('MAILER-DAEMON@', 'boris@');
      await desk.round(proven(Buffer.from(colleague)));
      expect(await suspended(desk)).toEqual([]);
      expect((await showTicket(desk.store.db, 1000))?.ticket.state).toBe('waiting');
    }));
});

const HOUR = 3_600_000;
const clocks = async ({ store }: TestDesk) =>
  (await clocksOf(store.db, 1000)).map((clock) => ({
    from: new Date(clock.started_at).toISOString(),
    due: new Date(clock.due_at).toISOString(),
    stands: clock.stopped_because,
  }));

// answered on Monday at 10:00 Moscow time; a free ticket: 24 working hours, twelve a day
const FIRST = { from: '2026-03-02T07:00:00.000Z', due: '2026-03-04T07:00:00.000Z', stands: 'answered' };

test('the desk has the time of the level once more, from the hour in which it could know', () =>
  withAnswer(async (desk, messageId) => {
    desk.clock.now += 5 * HOUR;
    await desk.round(report(messageId));
    const AGAIN = { from: '2026-03-02T12:00:00.000Z', due: '2026-03-04T12:00:00.000Z', stands: null };
    expect(await clocks(desk)).toEqual([FIRST, AGAIN]);
    expect(await dueTickets(desk.store.db, 10)).toMatchObject([{ number: '10008', due_at: Date.parse(AGAIN.due) }]);
    // a second report about it gives no second clock
    desk.clock.now += HOUR;
    await desk.round(report(messageId, { status: '5.7.1' }));
    expect(await clocks(desk)).toEqual([FIRST, AGAIN]);
  }));

test('before that time is over the leads are warned, of what came back', () =>
  withAnswer(async (desk, messageId) => {
    desk.clock.now += 5 * HOUR;
    await desk.round(report(messageId));
    const lead = { ...BORIS, role: 'lead' } as const;
    const warnedAt = async (at: string): Promise<number> => {
      const now = Date.parse(at);
      const marking = { messageIdFor: () => `warning.${now}@kvitok.desk.example`, replyAddressFor: () => null };
      const deps = {
        db: desk.store.db,
        timetable: REGULATION,
        operators: [lead],
        language: 'ru',
        log: desk.log,
      } as const;
      return tellDeadlines({ ...deps, ...marking, now });
    };
    expect(await warnedAt('2026-03-03T20:00+03:00')).toBe(0);
    expect(await warnedAt('2026-03-04T09:00+03:00')).toBe(1);
    const config = configOf({ operators: [{ address: 'boris@desk.example', name: 'Борис', role: 'lead' }] });
    const warning = (await posted(desk, config)).at(-1)!;
    expect(warning.mail.subject).toBe('Скоро срок ответа: [#10008] Не печатает');
    expect(warning.mail.text).toContain('Ответ не доставлен: ivan@client.example');
  }));

test('where the customer has written meanwhile, his letter rules the deadline as before', () =>
  withAnswer(async (desk, messageId) => {
    desk.clock.now += HOUR;
    await desk.round({ subject: 'Re: [#10008] Не печатает', text: 'Жду.\n', messageId: 'second@client.example' });
    desk.clock.now += 5 * HOUR;
    await desk.round(report(messageId));
    expect(await clocks(desk)).toEqual([
      FIRST,
      { from: '2026-03-02T08:00:00.000Z', due: '2026-03-04T08:00:00.000Z', stands: null },
    ]);
  }));

test('a report that it is only late, or about another letter, moves nothing', () =>
  withAnswer(async (desk, messageId) => {
    await desk.round(report(messageId, { action: 'delayed', status: '4.4.1' }));
    const acknowledged = await desk.store.db
      .selectFrom('outbox')
      .select('message_id')
      .where('kind', '=', 'acknowledgement')
      .executeTakeFirstOrThrow();
    expect(toOperators(await desk.round(report(acknowledged.message_id)))).toEqual([]);
    expect((await showTicket(desk.store.db, 1000))?.ticket.state).toBe('waiting');
  }));
