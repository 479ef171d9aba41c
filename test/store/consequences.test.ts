import { describe, expect, test } from '@jest/globals';
import type { Sent } from '../../src/outbox/transport.ts';
import { eventsOf } from '../../src/store/events.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { ANNA, BORIS, toCustomers, told, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const MINUTE = 60_000;
const DEAD_LINE = { ok: false, failure: { message: 'the line went dead', reply: null, reached: 'after-dot' } } as const;
const REFUSED = { ok: false, failure: { message: '550 no such user', reply: 550, reached: 'server' } } as const;

/** A desk where Anna answered Ivan, and the answer has not left yet. */
const answered = (use: (desk: TestDesk) => Promise<void>) =>
  withDesk(
    async (desk) => {
      await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n' });
      const { headers } = await told(desk, ANNA, 1000);
      await desk.hand({
        from: 'anna@desk.example',
        subject: 'Re: [#10008] Не печатает',
        messageId: 'answer@desk.example',
        headers,
        text: 'Перезапустите службу печати.\n',
      });
      await desk.workOff();
      await use(desk);
    },
    { rules: { ...RULES, operators: [ANNA, BORIS] } },
  );

const isAnswer = ({ message }: LetterSent) => !message.fields.has('auto-submitted');
const ticketOf = async ({ store: { db } }: TestDesk) => (await showTicket(db, 1000))!;
const toAnna = (sent: readonly LetterSent[]) => sent.filter(({ to }) => to[0] === ANNA.address);

describe('an answer that left', () => {
  test('is news for the other operators, not for the one who wrote it', () =>
    answered(async ({ out }) => {
      const sent = await out.send();
      expect(toCustomers(sent)).toHaveLength(1);
      expect(toOperators(sent).map(({ to }) => to)).toEqual([['boris@desk.example']]);
    }));

  test('stops the clock of the letter it answers, and only then', () =>
    answered(async (desk) => {
      expect((await ticketOf(desk)).ticket.due_at).not.toBeNull();
      await desk.out.send();
      expect((await ticketOf(desk)).ticket.due_at).toBeNull();
    }));
});

describe('an answer that the customer’s server refuses for good', () => {
  test('leaves the ticket open again with a note, and its writer is told who did not get what', () =>
    answered(async (desk) => {
      desk.out.answer = (letter) => (isAnswer(letter) ? REFUSED : { ok: true, response: '250' });
      const [failure] = toAnna([...(await desk.out.send()), ...(await desk.out.send())]);
      expect(failure!.message.subject).toBe('Ответ не доставлен: [#10008] Не печатает');
      expect(failure!.message.text).toMatch(/ivan@client\.example.*550 no such user.*Перезапустите службу печати/s);
      expect(failure!.message.fields.first('auto-submitted')).toBe('auto-generated');
      const { ticket, entries } = await ticketOf(desk);
      expect(ticket).toMatchObject({ state: 'open', due_at: expect.any(Number) });
      expect(entries.at(-1)).toMatchObject({ kind: 'system', reply: expect.stringContaining('ivan@client.example') });
      expect((await eventsOf(desk.store.db, 1000)).map(({ became }) => became)).toContain('open');
    }));
});

describe('an answer whose line went dead after the final dot', () => {
  test('is sent once more with the same Message-ID, and its writer hears that it may have arrived twice', () =>
    answered(async (desk) => {
      const tried: (string | null)[] = [];
      desk.out.answer = (letter) => {
        if (!isAnswer(letter)) return { ok: true, response: '250' };
        tried.push(letter.message.messageId);
        return tried.length === 1 ? DEAD_LINE : { ok: true, response: '250' };
      };
      expect(toCustomers(await desk.out.send())).toEqual([]);
      desk.clock.now += 2 * MINUTE;
      const sent = [...(await desk.out.send()), ...(await desk.out.send())];
      expect(toCustomers(sent)).toHaveLength(1);
      expect(tried[0]).toBe(tried[1]);
      expect(toAnna(sent).map(({ message }) => message.subject)).toEqual([
        'Ответ мог прийти дважды: [#10008] Не печатает',
      ]);
      expect((await ticketOf(desk)).ticket.state).toBe('waiting');
    }));

  test('a second time is not sent a third time: the ticket is open and its writer knows that nobody knows', () =>
    answered(async (desk) => {
      let tries = 0;
      desk.out.answer = (letter) => {
        if (!isAnswer(letter)) return { ok: true, response: '250' };
        tries++;
        return DEAD_LINE;
      };
      const sent: LetterSent[] = [];
      for (let hour = 0; hour < 3; hour++) {
        sent.push(...(await desk.out.send()));
        desk.clock.now += 60 * MINUTE;
      }
      expect(tries).toBe(2);
      expect(toAnna(sent).map(({ message }) => message.subject)).toEqual([
        'Неизвестно, дошёл ли ответ: [#10008] Не печатает',
      ]);
      expect((await ticketOf(desk)).ticket.state).toBe('open');
    }));
});

test('an answer that one of its readers did not get counts as given, and its writer is told who is missing', () =>
  answered(async (desk) => {
    desk.out.answer = (letter) =>
      isAnswer(letter)
        ? { ok: true, response: '250', refused: [{ address: 'olga@client.example', reply: '550 gone', lasting: true }] }
        : { ok: true, response: '250' };
    const sent = [...(await desk.out.send()), ...(await desk.out.send())];
    expect(toAnna(sent).map(({ message }) => message.subject)).toEqual([
      'Ответ дошёл не до всех: [#10008] Не печатает',
    ]);
    expect((await ticketOf(desk)).ticket).toMatchObject({ state: 'waiting', due_at: null });
  }));

describe('an answer that one of its readers is to get later, while the server took it for the others,', () => {
  const BUSY = '451 try again later';
  const OLGA = 'olga@client.example';
  /** The desk, Olga in Cc of Ivan's ticket, and Anna's answer to both on its way. */
  const toBoth = (use: (desk: TestDesk) => Promise<void>) =>
    answered(async (desk) => {
      const row = await desk.store.db
        .selectFrom('outbox')
        .select(['id', 'model'])
        .where('kind', '=', 'answer')
        .executeTakeFirstOrThrow();
      const model = JSON.stringify({ ...JSON.parse(row.model), cc: [{ name: 'Olga', address: OLGA }] });
      await desk.store.db.updateTable('outbox').set({ model }).where('id', '=', row.id).execute();
      await use(desk);
    });
  /** The server puts one of several off; one alone it answers with `alone`. */
  const puttingOff =
    (address: string, alone: Sent = { ok: true, response: '250' }) =>
    (letter: LetterSent): Sent => {
      if (!isAnswer(letter) || !letter.to.includes(address)) return { ok: true, response: '250' };
      return letter.to.length === 1
        ? alone
        : { ok: true, response: '250', refused: [{ address, reply: BUSY, lasting: false }] };
    };

  test('reaches her by a letter of its own, as it was, and nobody twice; the ticket waits for the customer', () =>
    toBoth(async (desk) => {
      desk.out.answer = puttingOff(OLGA);
      const [first] = toCustomers(await desk.out.send());
      expect((await ticketOf(desk)).ticket).toMatchObject({ state: 'waiting', due_at: null });
      expect(await desk.out.send()).toEqual([]);
      desk.clock.now += 2 * MINUTE;
      const [second, ...others] = await desk.out.send();
      expect(others).toEqual([]);
      expect(second!.to).toEqual([OLGA]);
      const { to, cc, text, subject } = second!.message;
      expect({ to, cc, text, subject }).toEqual({
        to: first!.message.to,
        cc: first!.message.cc,
        text: first!.message.text,
        subject: first!.message.subject,
      });
      desk.clock.now += 60 * MINUTE;
      expect(await desk.out.send()).toEqual([]);
    }));

  test('is refused then for good: its writer hears who is missing, and the ticket stays as it is', () =>
    toBoth(async (desk) => {
      desk.out.answer = puttingOff(OLGA, REFUSED);
      await desk.out.send();
      desk.clock.now += 2 * MINUTE;
      const [failure] = toAnna([...(await desk.out.send()), ...(await desk.out.send())]);
      expect(failure!.message.subject).toBe('Ответ дошёл не до всех: [#10008] Не печатает');
      expect(failure!.message.text).toContain(OLGA);
      expect((await ticketOf(desk)).ticket.state).toBe('waiting');
    }));

  test('and that one is whose ticket it is: his clock runs until he has it', () =>
    toBoth(async (desk) => {
      desk.out.answer = puttingOff('ivan@client.example');
      expect(toAnna(await desk.out.send())).toEqual([]);
      expect((await ticketOf(desk)).ticket).toMatchObject({ state: 'waiting', due_at: expect.any(Number) });
      desk.clock.now += 2 * MINUTE;
      expect((await desk.out.send()).map(({ to }) => to)).toEqual([['ivan@client.example']]);
      expect((await ticketOf(desk)).ticket).toMatchObject({ state: 'waiting', due_at: null });
    }));

  test('and he never gets it: it is given up when any answer would be, and the ticket is open', () =>
    toBoth(async (desk) => {
      desk.out.answer = puttingOff('ivan@client.example', {
        ok: false,
        failure: { message: BUSY, reply: 451, reached: 'server' },
      });
      const sent: LetterSent[] = [];
      for (let hour = 0; hour < 124; hour++) {
        sent.push(...(await desk.out.send()));
        desk.clock.now += 60 * MINUTE;
      }
      expect(toAnna(sent).map(({ message }) => message.subject)).toEqual(['Ответ не доставлен: [#10008] Не печатает']);
      expect((await ticketOf(desk)).ticket).toMatchObject({ state: 'open', due_at: expect.any(Number) });
    }));

  test('cannot be taken back any more', () =>
    toBoth(async (desk) => {
      desk.out.answer = puttingOff(OLGA);
      await desk.out.send();
      const { headers, replyTo } = await told(desk, ANNA, 1000);
      await desk.hand({
        from: 'anna@desk.example',
        to: replyTo,
        headers,
        messageId: 'u@desk.example',
        text: '#undo\n',
      });
      await desk.workOff();
      desk.clock.now += 2 * MINUTE;
      expect(toCustomers(await desk.out.send()).map(({ to }) => to)).toEqual([[OLGA]]);
      expect((await ticketOf(desk)).entries.map(({ kind }) => kind)).toContain('answer');
    }));
});
