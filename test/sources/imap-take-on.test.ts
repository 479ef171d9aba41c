import { beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../support/condition.ts';
import { letter } from './desk-mailbox.ts';
import { harness } from './imap-harness.ts';

const DAY = 86_400_000;
const h = harness();

describe('a mailbox that already holds letters', () => {
  beforeEach(() => {
    h.dovecot.drop(h.user, letter('old'), Date.now() - 400 * DAY);
    h.dovecot.drop(h.user, letter('recent'), Date.now() - 3 * DAY);
  });

  test('taken on from now: nothing old is fetched, moved or answered, and what comes next is taken', async () => {
    const { store } = await h.watching({ startFrom: 'now' });
    expect(store.states()).toEqual({ 1: 'left-alone', 2: 'left-alone' });
    await h.dovecot.deliver(h.user, letter('new'));
    await until(() => store.letters.length === 1, 1000, 'the new letter is kept');
    await h.inDone(1);
    expect(store.subjects()).toEqual(['new']);
    expect(await h.dovecot.count(h.user)).toBe(2);
  });

  test('taken on from a date: older ones are left alone, later ones are taken as new', async () => {
    const { source, store } = h.made({ startFrom: new Date(Date.now() - 30 * DAY).toISOString().slice(0, 10) });
    await source.passOnce();
    expect(store.subjects()).toEqual(['recent']);
    expect(store.letters[0]!.silent).toBeUndefined();
    expect(store.letters[0]!.receivedAt).toBeLessThan(Date.now() - 2 * DAY);
    expect(await h.dovecot.count(h.user)).toBe(1);
  });

  test('taken on as a whole: old ones get no acknowledgement, the next one does', async () => {
    const { source, store } = h.made({ startFrom: 'all' });
    await source.passOnce();
    expect(store.letters.map((each) => each.silent)).toEqual([
      'was in the mailbox before kvitok',
      'was in the mailbox before kvitok',
    ]);
    h.dovecot.drop(h.user, letter('new'));
    await source.passOnce();
    expect(store.letters[2]!.silent).toBeUndefined();
  });
});

describe('a mailbox that was renumbered', () => {
  test('is read again without acknowledgements, and what comes next is answered as ever', async () => {
    h.dovecot.drop(h.user, letter('flagged before'));
    const { source, store } = h.made({ startFrom: 'all', done: { flag: '$Kvitok' } });
    await source.passOnce();
    await h.dovecot.renumber(h.user, 4711);
    await source.passOnce();
    expect(store.letters.map((each) => each.silent)).toEqual([
      'was in the mailbox before kvitok',
      'the mailbox was renumbered',
    ]);
    expect(store.letters[1]!.key).toBe('imap:support:INBOX:4711:1');
    h.dovecot.drop(h.user, letter('new'));
    await source.passOnce();
    expect(store.letters[2]!.silent).toBeUndefined();
  });

  test('leaves alone what it left alone before', async () => {
    h.dovecot.drop(h.user, letter('old'), Date.now() - 30 * DAY);
    const { source, store } = h.made({ startFrom: 'now', done: { flag: '$Kvitok' } });
    await source.passOnce();
    h.dovecot.drop(h.user, letter('new'));
    await source.passOnce();
    await h.dovecot.renumber(h.user, 4712);
    await source.passOnce();
    expect(store.subjects()).toEqual(['new', 'new']);
    expect(store.letters[1]!.silent).toBe('the mailbox was renumbered');
  });

  test('under a running source goes on being read', async () => {
    const { store, log } = await h.watching({ poll: '* * * * * *' });
    await h.dovecot.renumber(h.user, 4713);
    await h.dovecot.deliver(h.user, letter('after'));
    await until(() => store.letters.length >= 1, 4000, 'the letter is kept');
    expect(store.letters[0]!.key).toContain(':4713:');
    expect(log.lines.filter(({ event }) => event === 'renumbered')).toHaveLength(1);
  });
});
