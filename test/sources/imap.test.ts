import { describe, expect, test } from '@jest/globals';
import { until } from '../support/condition.ts';
import { letter } from './desk-mailbox.ts';
import { harness, QUICK } from './imap-harness.ts';

const h = harness();

describe('a letter that arrives', () => {
  test('is kept within a second, moved to a done folder that did not exist, and stays unread', async () => {
    const { store } = await h.watching();
    await h.dovecot.deliver(h.user, letter('Не открывается кабинет'), { from: 'anna@example.net' });
    await until(() => store.letters.length === 1, 1000, 'the letter is kept');
    await h.inDone(1);
    expect(await h.dovecot.count(h.user)).toBe(0);
    expect((await h.dovecot.letters(h.user, 'Kvitok.Done'))[0]!.flags).not.toContain('\\Seen');
    const [kept] = store.letters;
    expect(kept).toMatchObject({ source: 'imap:support', envelope: { from: 'anna@example.net', to: [h.user] } });
    expect(kept!.key).toMatch(/^imap:support:INBOX:\d+:1$/);
    expect(Math.abs(kept!.receivedAt - Date.now())).toBeLessThan(5000);
    expect(Buffer.from(kept!.raw).toString()).toContain('Subject: Не открывается кабинет\r\n');
    expect(kept!.silent).toBeUndefined();
  });

  test('and another one, and another one, are each noticed by the same IDLE', async () => {
    const { store } = await h.watching();
    for (let i = 1; i <= 3; i++) {
      await h.dovecot.deliver(h.user, letter(`No ${i}`));
      await until(() => store.letters.length === i, 1000, `letter ${i} is kept`);
    }
    expect(store.subjects()).toEqual(['No 1', 'No 2', 'No 3']);
  });

  test('is noticed by the poll where the server has no IDLE', async () => {
    const proxy = await h.proxied();
    proxy.onCommand((line) => (/ IDLE\r\n$/.test(line) ? { answer: 'BAD unknown command' } : 'pass'));
    const { store } = await h.watching({ port: proxy.port, poll: '* * * * * *' });
    // The first may be found by imapflow's own NOOP right after the refusal; the next one of those comes minutes later.
    for (const subject of ['one', 'two']) {
      await h.dovecot.deliver(h.user, letter(subject));
      await until(() => store.subjects().includes(subject), 2500, `${subject} is kept`);
    }
  });

  test('in a flood of a hundred is kept with many others in one call, in order', async () => {
    for (let i = 1; i <= 100; i++) h.dovecot.drop(h.user, letter(`No ${i}`), Date.now());
    const { source, store } = h.made({ startFrom: 'all' });
    expect(await source.passOnce()).toEqual({ kept: 100, failed: null });
    expect(store.calls).toEqual([50, 50]);
    expect(new Set(store.subjects()).size).toBe(100);
    expect(await h.dovecot.count(h.user, 'Kvitok.Done')).toBe(100);
  });

  test('of 0 bytes is a letter', async () => {
    h.dovecot.drop(h.user, '');
    const { source, store } = h.made({ startFrom: 'all' });
    expect(await source.passOnce()).toEqual({ kept: 1, failed: null });
    expect(store.letters[0]!.raw).toHaveLength(0);
    expect(store.letters[0]!.envelope).toEqual({ from: null, to: [] });
  });

  test('past the size limit is taken by its header, with its size, and its neighbours whole', async () => {
    const big = letter('big', 'x'.repeat(50_000));
    for (const raw of [letter('before'), big, letter('after')]) h.dovecot.drop(h.user, raw);
    const { source, store } = h.made(
      { startFrom: 'all' },
      { limits: { letterBytes: 10_000, windowBytes: 100_000, windowLetters: 50 } },
    );
    expect(await source.passOnce()).toEqual({ kept: 3, failed: null });
    const taken = store.letters.find((each) => each.oversize !== undefined)!;
    expect(taken.oversize).toBe(big.length);
    expect(Buffer.from(taken.raw).toString()).toBe(big.slice(0, big.indexOf('\r\n\r\n') + 4));
    expect(store.subjects().sort()).toEqual(['after', 'before', 'big']);
  });

  test('with a null Return-Path keeps it, and one without any has an unknown sender', async () => {
    await h.dovecot.deliver(h.user, letter('bounce'), { from: '' });
    h.dovecot.drop(h.user, letter('plain'));
    const { source, store } = h.made({ startFrom: 'all' });
    await source.passOnce();
    expect(Object.fromEntries(store.letters.map((each, i) => [store.subjects()[i], each.envelope.from]))).toEqual({
      bounce: '',
      plain: null,
    });
  });
});

describe('the end', () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name)).length;

  test('of a source that idles comes at once and leaves no socket', async () => {
    const before = sockets();
    const { source } = await h.watching();
    const begun = performance.now();
    await source.stop();
    expect(performance.now() - begun).toBeLessThan(1000);
    await until(() => sockets() <= before, 1000, 'every socket is closed');
    expect(source.status().state).toBe('stopped');
  });

  test('of a source whose server fell silent comes soon, at whichever command it was', async () => {
    h.dovecot.drop(h.user, letter('one'));
    const sources = await Promise.all(
      [/ AUTHENTICATE /, / SELECT /, / FETCH /, / MOVE /].map(async (silentAt) => {
        const proxy = await h.proxied();
        const reached = new Promise<void>((resolve) => {
          proxy.onCommand((line) => {
            if (!silentAt.test(line)) return 'pass';
            resolve();
            return 'swallow';
          });
        });
        const { source } = h.made(
          { port: proxy.port, startFrom: 'all' },
          { pace: { ...QUICK, stop: 300, goodbye: 100 } },
        );
        source.start();
        await reached;
        return source;
      }),
    );
    const begun = performance.now();
    await Promise.all(sources.map((source) => source.stop()));
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test('of a source that waits for its next attempt comes at once', async () => {
    const gone = h.made({ port: 1 });
    const refused = h.made(
      {},
      {
        login: async () => ({ user: h.user, pass: 'wrong' }),
        pace: { ...QUICK, backoff: 60_000, refusedLogin: 60_000 },
      },
    );
    for (const { source } of [gone, refused]) source.start();
    await until(() => refused.source.status().state === 'login-refused', 4000, 'the log-in was refused');
    const begun = performance.now();
    await Promise.all([gone, refused].map(({ source }) => source.stop()));
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
