import { describe, expect, test } from '@jest/globals';
import type { MailboxConfig } from '../../src/config/schema.ts';
import { sentFolder } from '../../src/sources/imap/folder.ts';
import { imapKey } from '../../src/store/ledger.ts';
import { desk, letter, mailboxAt } from './desk-mailbox.ts';
import { harness } from './imap-harness.ts';

const h = harness();

const account = (): MailboxConfig =>
  mailboxAt(h.dovecot.port, { user: h.user, startFrom: 'all', sent: { folder: ['Sent'], read: true, file: false } });

describe('the folder of sent letters', () => {
  test('is read letter by letter into the ledger, and nothing in it is moved, flagged or marked as read', async () => {
    await h.dovecot.save(h.user, 'Sent', letter('an answer'));
    await h.dovecot.save(h.user, 'Sent', letter('another'));
    await h.dovecot.save(h.user, 'Drafts', letter('not finished'));
    const before = await h.dovecot.letters(h.user, 'Sent');
    const { source, store } = desk(sentFolder(account())!);
    expect(await source.passOnce()).toEqual({ kept: 2, failed: null });
    expect(await source.passOnce()).toEqual({ kept: 0, failed: null });
    expect(store.letters.map((one) => one.source)).toEqual(['sent:support', 'sent:support']);
    expect(await h.dovecot.letters(h.user, 'Sent')).toEqual(before);
    expect(before.map(({ flags }) => flags)).not.toContainEqual(expect.arrayContaining(['\\Seen']));
    expect(await h.dovecot.count(h.user, 'Drafts')).toBe(1);
    expect((await h.dovecot.letters(h.user, 'Drafts'))[0]?.flags).not.toContain('\\Seen');
    const uidValidity = /uidvalidity=(\d+)/.exec(
      await h.dovecot.doveadm(h.user, 'mailbox', 'status', 'uidvalidity', 'Sent'),
    )![1]!;
    const box = { account: 'support', mailbox: 'Sent', uidValidity };
    expect(store.ledger.unfinished(box)).toEqual([]);
    expect(store.letters.map((one) => one.key)).toEqual([imapKey(box, 1), imapKey(box, 2)]);
  });

  test('is not read where nobody wants it', () => {
    expect(sentFolder(mailboxAt(1))).toBeNull();
    expect(sentFolder(mailboxAt(1, { sent: { folder: ['Sent'], read: false, file: true } }))).toBeNull();
  });
});
