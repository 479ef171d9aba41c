import { describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { decode } from '../../src/decode/decode.ts';
import { filing } from '../../src/sources/filing.ts';
import { filedSince } from '../../src/store/filings.ts';
import type { Tables } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { sentAnswer } from '../support/sent-answer.ts';
import { rememberingLog, withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';
import { mailboxAt } from './desk-mailbox.ts';
import { harness } from './imap-harness.ts';

const h = harness();
const SENT_AT = Date.parse('2026-03-02T10:00:00Z');

const answered = (db: Kysely<Tables>, n: number, kind: 'answer' | 'acknowledgement' = 'answer') =>
  sentAnswer(db, { key: `${kind}:${n}`, ticket: 1000, sentAt: SENT_AT, kind });

const filer = ({ db }: Store, lost = '') =>
  filing({
    db,
    mailbox: mailboxAt(h.dovecot.port, { user: h.user }),
    folder: ['Sent'],
    login: async () => ({ user: h.user, pass: 'secret' }),
    bytesOf: async ({ messageId }) => {
      if (messageId === lost) throw new Error('a file of this letter is gone');
      return Buffer.from(`Message-ID: <${messageId}>\r\nSubject: answer\r\n\r\nПопробуйте.\r\n`);
    },
    log: rememberingLog(),
    now: () => SENT_AT + 1000,
    letterBytes: 1_000_000,
  });

/** A desk that files since before the answers. */
const withAnswers = (use: (store: Store) => Promise<void>) =>
  withStore(async (store) => {
    await openTicket(store.db, 1);
    await filedSince(store.db, 'support', SENT_AT - 1);
    await use(store);
  });

describe('an answer that kvitok sent', () => {
  test('is filed once, as read, with the moment it left; an acknowledgement is not', () =>
    withAnswers(async (store) => {
      await answered(store.db, 1);
      await answered(store.db, 2, 'acknowledgement');
      expect(await filer(store).fileOnce()).toBe(1);
      expect(await filer(store).fileOnce()).toBe(0);
      expect((await h.dovecot.letters(h.user, 'Sent')).map(({ flags }) => flags)).toEqual([['\\Seen', '\\Recent']]);
      const shown = await h.dovecot.doveadm(h.user, 'fetch', 'date.received.unixtime text', 'mailbox', 'Sent', 'ALL');
      expect(shown).toContain(String(SENT_AT / 1000));
      expect(decode(Buffer.from(shown.split('text:\n')[1]!)).messageId).toBe(
        'kvitok.answer.answer1@kvitok.desk.example',
      );
    }));

  test('that was filed before the daemon could note it, or by the provider, is not filed again', () =>
    withAnswers(async (store) => {
      await answered(store.db, 1);
      await filer(store).fileOnce();
      await store.db.deleteFrom('filings').execute();
      expect(await filer(store).fileOnce()).toBe(0);
      expect(await h.dovecot.count(h.user, 'Sent')).toBe(1);
      expect(await store.db.selectFrom('filings').selectAll().execute()).toHaveLength(1);
    }));

  test('before filing was switched on stays out of the folder', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      await answered(store.db, 1);
      expect(await filer(store).fileOnce()).toBe(0);
      expect(await h.dovecot.count(h.user, 'Sent')).toBe(0);
    }));

  test('and that cannot be put together any more keeps none behind it waiting, and is told of', () =>
    withAnswers(async (store) => {
      await answered(store.db, 1);
      await answered(store.db, 2);
      const broken = filer(store, 'kvitok.answer.answer1@kvitok.desk.example');
      await expect(broken.fileOnce()).rejects.toThrow(/outbox \d+: a file of this letter is gone/);
      expect(await h.dovecot.count(h.user, 'Sent')).toBe(1);
      // what is mended meanwhile follows
      expect(await filer(store).fileOnce()).toBe(1);
      expect(await h.dovecot.count(h.user, 'Sent')).toBe(2);
    }));

  test('waits for a server that is away', () =>
    withAnswers(async (store) => {
      await answered(store.db, 1);
      await h.dovecot.down();
      await expect(filer(store).fileOnce()).rejects.toThrow();
      await h.dovecot.up();
      expect(await filer(store).fileOnce()).toBe(1);
    }));
});
