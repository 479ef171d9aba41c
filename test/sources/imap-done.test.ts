import { afterEach, describe, expect, test } from '@jest/globals';
import { imapKey } from '../../src/store/ledger.ts';
import { until } from '../support/condition.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startWire } from '../support/wire.ts';
import { desk, letter, mailboxAt } from './desk-mailbox.ts';
import { harness } from './imap-harness.ts';

const h = harness();

describe('the done folder', () => {
  test('may be a flag: the letter stays where it is, and is not taken again', async () => {
    h.dovecot.drop(h.user, letter('flagged'));
    const { source, store } = h.made({ startFrom: 'all', done: { flag: '$Kvitok' } });
    expect((await source.passOnce()).kept).toBe(1);
    expect((await source.passOnce()).kept).toBe(0);
    expect((await h.dovecot.letters(h.user))[0]!.flags).toContain('$Kvitok');
    expect(store.letters).toHaveLength(1);
  });

  test('gets at the next start what an earlier run kept and could not move', async () => {
    h.dovecot.drop(h.user, letter('kept before the crash'));
    const { source, store } = h.made({ startFrom: 'all' });
    const uidValidity = /uidvalidity=(\d+)/.exec(
      await h.dovecot.doveadm(h.user, 'mailbox', 'status', 'uidvalidity', 'INBOX'),
    )![1]!;
    const key = imapKey({ account: 'support', mailbox: 'INBOX', uidValidity }, 1);
    await store.keep([
      { source: 'imap:support', key, receivedAt: 0, envelope: { from: null, to: [] }, raw: Buffer.from('x') },
    ]);
    expect(await source.passOnce()).toEqual({ kept: 0, failed: null });
    expect(store.letters).toHaveLength(1);
    expect(await h.dovecot.count(h.user, 'Kvitok.Done')).toBe(1);
  });

  test('that cannot be made leaves letters in place, says so once, and takes the next letter in all the same', async () => {
    const proxy = await h.proxied();
    proxy.onCommand((line) => (/ CREATE /.test(line) ? { answer: 'NO [NOPERM] not for you' } : 'pass'));
    const { store, log } = await h.watching({ port: proxy.port });
    for (const subject of ['one', 'two']) {
      await h.dovecot.deliver(h.user, letter(subject));
      await until(() => store.subjects().includes(subject), 1000, `${subject} is kept`);
    }
    await until(() => log.lines.some(({ event }) => event === 'not-moved'), 1000, 'it is said');
    expect(log.lines.filter(({ level, event }) => level === 'warn' && event === 'not-moved')).toHaveLength(1);
    expect(log.lines.find(({ event }) => event === 'no-done-folder')!.message).toContain('not for you');
    expect(await h.dovecot.count(h.user)).toBe(2);
  });

  test('is not believed filled because a server said OK to a MOVE and did nothing: the letter is flagged instead', async () => {
    const proxy = await h.proxied();
    let moves = 0;
    proxy.onCommand((line) => (/ UID MOVE /.test(line) && ++moves > 0 ? { answer: 'OK Moved' } : 'pass'));
    h.dovecot.drop(h.user, letter('still there'));
    const { source, store, log } = h.made({ port: proxy.port, startFrom: 'all' });
    expect((await source.passOnce()).kept).toBe(1);
    expect(log.lines.find(({ event }) => event === 'not-moved')!.message).toContain('said OK');
    expect((await h.dovecot.letters(h.user))[0]!.flags).toContain('$Kvitok');
    expect(await source.passOnce()).toEqual({ kept: 0, failed: null });
    expect(store.letters).toHaveLength(1);
    expect(moves).toBe(1);
  });

  test('says why the server refuses to move a letter into it, and has it when the server takes it', async () => {
    const proxy = await h.proxied();
    proxy.onCommand((line) =>
      / UID MOVE /.test(line) ? { answer: 'NO [OVERQUOTA] Quota exceeded (mailbox)' } : 'pass',
    );
    h.dovecot.drop(h.user, letter('over quota'));
    const { source, log } = h.made({ port: proxy.port, startFrom: 'all' });
    expect((await source.passOnce()).kept).toBe(1);
    expect(log.lines.find(({ event }) => event === 'not-moved')!.message).toContain('Quota exceeded (mailbox)');
    proxy.onCommand(() => 'pass');
    expect(await source.passOnce()).toEqual({ kept: 0, failed: null });
    expect(await h.dovecot.count(h.user, 'Kvitok.Done')).toBe(1);
  });

  test('that is the folder itself does not make the letters go round and round', async () => {
    h.dovecot.drop(h.user, letter('round'));
    const { source, store } = h.made({ startFrom: 'all', done: { move: ['INBOX'] } });
    await source.passOnce();
    await source.passOnce();
    expect(store.letters).toHaveLength(1);
    expect((await h.dovecot.letters(h.user))[0]).toMatchObject({ uid: 1, flags: expect.arrayContaining(['$Kvitok']) });
  });
});

describe('a server with fewer abilities', () => {
  let plain: Dovecot;
  afterEach(() => plain.stop());

  test('without MOVE moves by COPY and expunges that letter alone, not what a person marked as deleted', async () => {
    plain = await startDovecot({ without: ['MOVE'] });
    plain.drop('support', letter('marked by a person'));
    await plain.doveadm('support', 'flags', 'add', '\\Deleted', 'mailbox', 'INBOX', 'ALL');
    const { source, store } = desk(mailboxAt(plain.port, { startFrom: 'now' }));
    await source.passOnce();
    plain.drop('support', letter('new'));
    await source.passOnce();
    expect(store.subjects()).toEqual(['new']);
    expect(await plain.count('support')).toBe(1);
    expect(await plain.count('support', 'Kvitok.Done')).toBe(1);
  });

  test('without MOVE that does not expunge gets one copy of a letter into the done folder, not one at each poll', async () => {
    plain = await startDovecot({ without: ['MOVE'] });
    const wire = await startWire(plain.port, 'imap');
    wire.onCommand((line) => (/ UID EXPUNGE /.test(line) ? { answer: 'NO [SERVERBUG] not now' } : 'pass'));
    try {
      plain.drop('support', letter('one'));
      const { source } = desk(mailboxAt(wire.port, { startFrom: 'all' }));
      for (let pass = 0; pass < 3; pass++) await source.passOnce();
      expect(await plain.count('support', 'Kvitok.Done')).toBe(1);
      expect((await plain.letters('support'))[0]!.flags).toContain('$Kvitok');
    } finally {
      await wire.stop();
    }
  });

  test('without MOVE and UIDPLUS has its letters flagged, for EXPUNGE would take away what a person marked', async () => {
    plain = await startDovecot({ without: ['MOVE', 'UIDPLUS'] });
    for (const subject of ['one', 'two']) plain.drop('support', letter(subject));
    await plain.doveadm('support', 'flags', 'add', '\\Deleted', 'mailbox', 'INBOX', 'uid', '1');
    const { source, store, log } = desk(mailboxAt(plain.port, { startFrom: 'all' }));
    await source.passOnce();
    expect(store.letters).toHaveLength(2);
    const flags = (await plain.letters('support')).map((each) => each.flags);
    expect(flags).toEqual([expect.arrayContaining(['\\Deleted', '$Kvitok']), expect.arrayContaining(['$Kvitok'])]);
    expect(log.lines.filter(({ level, event }) => level === 'warn' && event === 'not-moving')).toHaveLength(1);
  });
});
