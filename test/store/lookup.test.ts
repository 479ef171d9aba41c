import { describe, expect, test } from '@jest/globals';
import { folded } from '../../src/mail/folded.ts';
import { lookUpThread, sentLately } from '../../src/store/lookup.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const HOUR = 3_600_000;

describe('the ticket behind a tag', () => {
  test('comes with the people who may write to it', () =>
    withStore(async ({ db }) => {
      const id = await openTicket(db, 1);
      const { tickets } = await lookUpThread(db, [{ kind: 'tag', ticket: id, number: '10008' }]);
      expect(tickets.get(id)).toMatchObject({ number: '10008', participants: ['ivan@client.example'] });
    }));

  test('that was merged is the one it was merged into, however often', () =>
    withStore(async ({ db }) => {
      const last = await openTicket(db, 1);
      const middle = await openTicket(db, 2, { merged_into: last });
      const first = await openTicket(db, 3, { merged_into: middle });
      const { tickets } = await lookUpThread(db, [{ kind: 'tag', ticket: first, number: '' }]);
      expect(tickets.get(first)?.id).toBe(last);
    }));

  test('is none where tickets were merged in a ring', () =>
    withStore(async ({ db }) => {
      const a = await openTicket(db, 1);
      const b = await openTicket(db, 2, { merged_into: a });
      await db.updateTable('tickets').set({ merged_into: b }).where('id', '=', a).execute();
      const { tickets } = await lookUpThread(db, [{ kind: 'tag', ticket: a, number: '' }]);
      expect(tickets.size).toBe(0);
    }));
});

test('a letter that borrowed the Message-ID of our acknowledgement does not take its thread over', () =>
  withStore(async ({ db }) => {
    const ours = await openTicket(db, 1);
    const thief = await openTicket(db, 2);
    await db.insertInto('message_ids').values({ message_id: 'ack@x', ticket_id: ours, ours: 1 }).execute();
    await db.insertInto('message_ids').values({ message_id: 'ack@x', ticket_id: thief, ours: 0 }).execute();
    const { byMessageId } = await lookUpThread(db, [{ kind: 'message-id', messageId: 'ack@x', own: null }]);
    expect(byMessageId.get('ack@x')).toEqual({ ticket: ours, ours: true });
  }));

test('acknowledgements of the last hour and day are counted for a mailbox however its address is spelled, brief ones for a ticket', () =>
  withStore(async ({ db }) => {
    const ticket = await openTicket(db, 1);
    const row = (n: number, form: string, created_at: number, recipient = 'ivan@client.example') => ({
      dedup_key: `k${n}`,
      message_id: `m${n}`,
      kind: 'acknowledgement' as const,
      form,
      ticket_id: ticket,
      letter_id: null,
      recipient,
      recipient_domain: recipient.slice(recipient.indexOf('@') + 1),
      counted_as: folded(recipient),
      model: '{}',
      state: 'sent' as const,
      attempts: 1,
      not_before: 0,
      created_at,
    });
    const now = 100 * HOUR;
    await db
      .insertInto('outbox')
      .values([
        row(1, 'full', now - 0.5 * HOUR),
        row(2, 'brief', now - 2 * HOUR),
        row(3, 'full', now - 23 * HOUR, 'ivan+shop@client.example'),
        row(4, 'full', now - 25 * HOUR),
        row(5, 'brief', now - 0.1 * HOUR, 'olga@elsewhere.example'),
      ])
      .execute();
    expect(await sentLately(db, { author: 'ivan+2@client.example', domain: 'client.example', ticket }, now)).toEqual({
      toAddressHour: 1,
      toAddressDay: 3,
      toDomainHour: 1,
      onTicketHour: 1,
    });
    expect(await sentLately(db, { author: null, domain: null, ticket: null }, now)).toEqual({
      toAddressHour: 0,
      toAddressDay: 0,
      toDomainHour: 0,
      onTicketHour: 0,
    });
  }));
