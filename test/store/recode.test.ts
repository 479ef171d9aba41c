import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decode } from '../../src/decode/decode.ts';
import { rewriteEntry } from '../../src/store/recode.ts';
import { searchTickets } from '../../src/store/search.ts';
import { setState } from '../../src/store/set-ticket.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { withDesk } from '../support/desk.ts';

/** «ООО» alone can't be told from its bytes, so the label decides, and the label lies. */
const RAW = Buffer.concat([
  Buffer.from(
    'From: ivan@client.example\r\nTo: support@desk.example\r\nSubject: x\r\nMessage-ID: <r@c>\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n',
  ),
  iconv.encode('ООО\r\n', 'windows-1251'),
]);

describe('a letter that an admin had decoded in another charset', () => {
  test('reads right in its ticket, is found by its new words and no longer by the old ones, and says who chose', () =>
    withDesk(async ({ hand, workOff, store: { db, spool } }) => {
      await hand(RAW);
      await workOff();
      const before = (await showTicket(db, 1000))?.entries[0]?.reply ?? '';
      expect(before.trim()).not.toBe('ООО');
      const { subject, reply, quoted } = decode(spool.raw(1)!, { charset: 'windows-1251' });
      await rewriteEntry(
        db,
        1,
        { subject, people: [{ name: 'Иван', address: 'ivan@client.example' }], reply, quoted },
        'by an admin: decoded as windows-1251',
      );
      const [entry] = (await showTicket(db, 1000))!.entries;
      expect([entry?.reply.trim(), entry?.author_name]).toEqual(['ООО', 'Иван']);
      expect([await searchTickets(db, 'ООО', 5), await searchTickets(db, before, 5)]).toEqual([[1000], []]);
      const { path } = await db.selectFrom('letters').select('path').executeTakeFirstOrThrow();
      expect(path).toContain('decoded as windows-1251');
      expect(spool.raw(1)).toEqual(RAW);
    }));

  test('that has no entry is left as it is', () =>
    withDesk(async ({ store: { db } }) => {
      const text = { subject: '', people: [], reply: '', quoted: '' };
      expect(await rewriteEntry(db, 99, text, 'x')).toBe(false);
    }));
});

test('a ticket is moved by hand, and since when is kept', () =>
  withDesk(async ({ hand, workOff, store: { db } }) => {
    await hand({});
    await workOff();
    expect(await setState(db, 1000, 'resolved', 5)).toEqual({ ticket: 1000, was: 'new' });
    expect((await showTicket(db, 1000))?.ticket).toMatchObject({ state: 'resolved', state_since: 5 });
    expect(await setState(db, 4711, 'open', 5)).toBeNull();
  }));

test('«спасибо» to a resolved ticket leaves it resolved, a question opens it', () =>
  withDesk(async ({ hand, workOff, store: { db } }) => {
    await hand({});
    await workOff();
    await setState(db, 1000, 'resolved', 5);
    await hand({ subject: '[#10008]', text: 'Спасибо!\n', messageId: '2@c' });
    await workOff();
    expect((await showTicket(db, 1000))?.ticket.state).toBe('resolved');
    await hand({ subject: '[#10008]', text: 'А почему?\n', messageId: '3@c' });
    await workOff();
    expect((await showTicket(db, 1000))?.ticket.state).toBe('open');
  }));
