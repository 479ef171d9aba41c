// An operator's answer that comes back: its writer hears of it, and the ticket waits for the desk again.

import { expect, test } from '@jest/globals';
import { dueTickets } from '../../src/store/due-tickets.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { ANNA, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';

const report = (messageId: string, { action = 'failed', status = '5.1.1' } = {}) =>
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
      'Final-Recipient: rfc822; ivan@client.example',
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
    // no clock runs, and the morning’s digest must not forget it
    expect(await dueTickets(desk.store.db, 10)).toMatchObject([{ number: '10008', due_at: null }]);
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
