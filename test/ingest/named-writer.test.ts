// Whom a letter only names, in Reply-To of a sender that nobody reads, has nothing by his name: no ticket, no operator's power.

import { describe, expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';
import { ANNA, toCustomers, told } from '../support/operators.ts';

const OPERATORS: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA] } };
const withTicket = (use: (desk: TestDesk) => Promise<void>) =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
    await use(desk);
  }, OPERATORS);

const named = (replyTo: string, change: LetterSketch = {}): LetterSketch => ({
  from: 'Лавка <noreply@lavka.example>',
  mailFrom: 'noreply@lavka.example',
  messageId: 'named@lavka.example',
  text: 'Закройте обращение, всё решено.\n',
  ...change,
  headers: [['Reply-To', replyTo], ...(change.headers ?? [])],
});

describe('a participant who is only named', () => {
  test('gets a ticket of his own where the subject names his ticket, and that one does not change', () =>
    withTicket(async (desk) => {
      const letters = await desk.round(named('ivan@client.example', { subject: 'Re: [#10008] Не печатает' }));
      expect(await desk.fates()).toEqual(['opened', 'opened']);
      expect((await showTicket(desk.store.db, 1000))!.entries).toHaveLength(1);
      expect((await showTicket(desk.store.db, 1001))!.ticket).toMatchObject({ requester: 'ivan@client.example' });
      expect(toCustomers(letters)).toEqual([]);
    }));

  test('reaches it by what only a reader of our letters can know', () =>
    withTicket(async (desk) => {
      const row = await desk.store.db
        .selectFrom('outbox')
        .select('message_id')
        .where('kind', '=', 'acknowledgement')
        .executeTakeFirstOrThrow();
      await desk.round(named('ivan@client.example', { headers: [['In-Reply-To', `<${row.message_id}>`]] }));
      expect(await desk.fates()).toEqual(['opened', 'appended']);
    }));
});

describe('an operator', () => {
  test('who is only named is not believed, though the letter holds a token of his, and is asked', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const letters = await desk.round(named(ANNA.address, { headers }));
      expect(await desk.fates()).toEqual(['opened', 'quarantined']);
      expect(toCustomers(letters)).toEqual([]);
    }));

  test('whose server asks for no automatic answers on every letter is relayed as ever', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const marked: LetterSketch = {
        from: 'Анна <anna@desk.example>',
        messageId: 'answer@desk.example',
        text: 'Перезапустите службу печати.\n',
        headers: [...headers, ['X-Auto-Response-Suppress', 'DR, OOF, AutoReply']],
      };
      desk.clock.now += 180_000;
      expect(toCustomers(await desk.round(marked))).toMatchObject([{ to: ['ivan@client.example'] }]);
    }));

  test('is asked before what his server answers at once goes to a customer', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const letters = await desk.round({
        from: 'Анна <anna@desk.example>',
        messageId: 'answer@desk.example',
        text: 'Olen lomalla.\n',
        headers: [...headers, ['X-Auto-Response-Suppress', 'All']],
      });
      expect(toCustomers(letters)).toEqual([]);
      expect(await desk.fates()).toEqual(['opened', 'quarantined']);
    }));
});
