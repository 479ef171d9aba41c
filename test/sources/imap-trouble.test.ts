import { describe, expect, test } from '@jest/globals';
import type { Keep } from '../../src/ingest.ts';
import type { BoxKey } from '../../src/store/ledger.ts';
import { until } from '../support/condition.ts';
import { letter } from './desk-mailbox.ts';
import { harness, QUICK } from './imap-harness.ts';
import { memoryStore } from './memory-store.ts';

const h = harness();

describe('a log-in that is refused', () => {
  test('is one alarm however often it is tried, and works once the password is right', async () => {
    const { source, store, log } = h.made(
      { password: 'wrong' },
      {
        login: async () => ({ user: h.user, pass: password }),
        pace: QUICK,
      },
    );
    let password = 'wrong';
    let attempts = 0;
    source.start();
    await until(
      () => {
        attempts = log.lines.filter(({ event }) => event === 'auth-failed').length;
        return attempts >= 3;
      },
      5000,
      'three attempts',
    );
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(log.lines.find(({ level }) => level === 'error')!.message).not.toContain('wrong');
    expect(source.status().state).not.toBe('idle');
    password = 'secret';
    await until(() => source.status().state === 'idle', 3000, 'the source is in');
    await h.dovecot.deliver(h.user, letter('at last'));
    await until(() => store.letters.length === 1, 1000, 'the letter is kept');
  });

  test('because an access token was revoked is tried once more with a fresh one, without an alarm', async () => {
    const asked: boolean[] = [];
    const login = async (refused: boolean) => {
      asked.push(refused);
      return refused ? { user: h.user, pass: 'secret' } : { user: h.user, accessToken: 'revoked' };
    };
    const { source, log } = h.made({}, { login });
    expect(await source.passOnce()).toEqual({ kept: 0, failed: null });
    expect(asked).toEqual([false, true]);
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});

describe('a server that lets nobody in for now', () => {
  test.each([
    'NO [UNAVAILABLE] LOGIN internal server error sc=abc',
    'NO [INUSE] Mailbox is locked',
    'NO [LIMIT] Connection limit reached',
    'NO [ALERT] Too many simultaneous connections. (Failure)',
    'NO Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
    'NO Превышено: слишком много соединений',
  ])('is asked again soon, and no alarm tells of a wrong password: %s', async (answer) => {
    const proxy = await h.proxied();
    let refused = 0;
    proxy.onCommand((line) => (/ (LOGIN|AUTHENTICATE) /i.test(line) && ++refused <= 2 ? { answer } : 'pass'));
    const { source, log } = h.made({ port: proxy.port }, { pace: { ...QUICK, refusedLogin: 600_000 } });
    source.start();
    await until(() => source.status().state === 'idle', 5000, 'the source is in');
    expect(log.lines.filter(({ event }) => event === 'auth-failed')).toEqual([]);
    const [line] = log.lines.filter(({ event }) => event === 'disconnected');
    expect(line!.message).toContain(answer.split(' ').at(-1)!.slice(0, 10));
  });

  test.each(['NO [AUTHENTICATIONFAILED] Authentication failed, try again later', 'NO Invalid credentials (Failure)'])(
    'is not pressed where the password is wrong: %s',
    async (answer) => {
      const proxy = await h.proxied();
      proxy.onCommand((line) => (/ (LOGIN|AUTHENTICATE) /i.test(line) ? { answer } : 'pass'));
      const { source, log } = h.made({ port: proxy.port }, { pace: { ...QUICK, refusedLogin: 600_000 } });
      source.start();
      await until(() => log.lines.some(({ event }) => event === 'auth-failed'), 5000, 'the alarm');
      expect(source.status().state).toBe('login-refused');
    },
  );
});

describe('a server that gives no letters', () => {
  test('is left alone for growing whiles, with its words in the log, and gives all of them later', async () => {
    for (const subject of ['one', 'two', 'three', 'four']) h.dovecot.drop(h.user, letter(subject));
    const proxy = await h.proxied();
    let fetches = 0;
    proxy.onCommand((line) =>
      / UID FETCH .*BODY/.test(line) && ++fetches > 0 ? { answer: 'NO [SERVERBUG] storage is away' } : 'pass',
    );
    const { source, store, log } = h.made({ port: proxy.port, startFrom: 'all' }, { pace: { ...QUICK, backoff: 200 } });
    source.start();
    await until(() => log.lines.filter(({ event }) => event === 'disconnected').length >= 2, 5000, 'two backoffs');
    expect(fetches).toBeLessThanOrEqual(4);
    expect(log.lines.find(({ event }) => event === 'disconnected')!.message).toContain('storage is away');
    expect(log.lines.filter(({ event }) => event === 'fetch-failed')).toEqual([]);
    expect(source.status()).toMatchObject({ lastPassAt: null });
    proxy.onCommand(() => 'pass');
    await until(() => store.letters.length === 4, 5000, 'all are kept');
  });

  test('but one keeps no other waiting, and that one is told of until it comes', async () => {
    const proxy = await h.proxied();
    proxy.onCommand((line) => (/ UID FETCH 1(:\d+)? .*BODY/.test(line) ? { answer: 'NO can not read it' } : 'pass'));
    const { source, store, log } = await h.watching({ port: proxy.port, poll: '* * * * * *' });
    h.dovecot.drop(h.user, letter('never given'));
    await h.dovecot.deliver(h.user, letter('behind it'));
    await until(() => log.lines.some(({ event }) => event === 'unfetched'), 8000, 'it is told');
    await h.dovecot.deliver(h.user, letter('and behind that'));
    await until(() => store.subjects().includes('and behind that'), 5000, 'the others go on');
    proxy.onCommand(() => 'pass');
    await until(() => store.subjects().includes('never given'), 5000, 'it comes at last');
    await until(
      () => log.lines.some(({ event, level }) => event === 'unfetched' && level === 'info'),
      5000,
      'and that is told',
    );
    expect(source.status().waiting).toBe(0);
  });
});

describe('a server that goes away', () => {
  test('and comes back is read again, with what arrived meanwhile', async () => {
    const { source, store, log } = await h.watching();
    await h.dovecot.down();
    await until(() => source.status().state === 'waiting', 3000, 'the source has noticed');
    h.dovecot.drop(h.user, letter('arrived meanwhile'));
    await h.dovecot.up();
    await until(() => store.letters.length === 1, 3000, 'the letter is kept');
    const said = log.lines.filter(({ event }) => event === 'disconnected');
    expect(said.length).toBeGreaterThan(0);
    for (const { message } of said) expect(message).toMatch(/^127\.0\.0\.1:\d+: .+; tried again in \d/);
  });

  test('without closing anything is noticed by the poll', async () => {
    const proxy = await h.proxied();
    const { store } = await h.watching({ port: proxy.port, poll: '* * * * * *' }, { pace: { ...QUICK, silence: 300 } });
    proxy.goDeaf();
    await h.dovecot.deliver(h.user, letter('unheard'));
    await until(() => store.letters.length === 1, 4000, 'the letter is kept');
  });

  /** Three letters, and a wire that breaks whenever the second of them is fetched. */
  async function poisoned() {
    for (const subject of ['one', 'poison', 'three']) {
      h.dovecot.drop(h.user, letter(subject), Date.now());
      await h.dovecot.count(h.user);
    }
    const proxy = await h.proxied();
    proxy.onCommand((line) => {
      const set = / UID FETCH (\S+) .*BODY\.PEEK\[\]/.exec(line)?.[1] ?? '';
      const ranges = set.split(',').map((range) => range.split(':').map(Number));
      return ranges.some(([from = 0, to = from]) => from <= 2 && 2 <= to) ? 'hang-up' : 'pass';
    });
    return proxy;
  }

  test('on one letter each time it is fetched does not hold up the others, and is not pressed', async () => {
    const proxy = await poisoned();
    const { source, store, log } = await h.watching({ port: proxy.port, startFrom: 'all' });
    expect(store.subjects().sort()).toEqual(['one', 'three']);
    expect(log.lines.filter(({ event }) => event === 'fetch-failed')).toHaveLength(1);
    const tries = proxy.connections();
    await h.dovecot.deliver(h.user, letter('four'));
    await until(() => store.subjects().includes('four'), 1000, 'the next letter is kept');
    expect(proxy.connections()).toBe(tries);
    expect(source.status().waiting).toBe(1);
  });

  test('on one letter does not keep a single pass from the others, and the letter is taken when it can be fetched', async () => {
    const proxy = await poisoned();
    const { source, store } = h.made({ port: proxy.port, startFrom: 'all' });
    expect(await source.passOnce()).toEqual({ kept: 2, failed: 'letters that stay in the mailbox support for now: 1' });
    proxy.onCommand(() => 'pass');
    expect(await source.passOnce()).toEqual({ kept: 1, failed: null });
    expect(store.subjects()).toEqual(['one', 'three', 'poison']);
  });
});

describe('a letter that another client takes away', () => {
  test('after it was listed is noted as vanished, and its neighbours are kept', async () => {
    for (const subject of ['one', 'two', 'three']) {
      h.dovecot.drop(h.user, letter(subject), Date.now());
      await h.dovecot.count(h.user);
    }
    const store = memoryStore();
    const { source } = h.made(
      { startFrom: 'all', done: { flag: '$Kvitok' } },
      {
        limits: { letterBytes: 1e6, windowBytes: 1e6, windowLetters: 1 },
        keep: async (deliveries) => {
          if (store.letters.length === 0) await h.dovecot.doveadm(h.user, 'expunge', 'mailbox', 'INBOX', 'uid', '3');
          return store.keep(deliveries);
        },
      },
      store,
    );
    expect(await source.passOnce()).toEqual({ kept: 2, failed: null });
    expect(store.states()).toEqual({ 1: 'kept', 2: 'kept', 3: 'vanished' });
  });
});

describe('a folder that somebody takes away', () => {
  test('is told of, and read again when it is back, where its letters are taken in once', async () => {
    await h.dovecot.doveadm(h.user, 'mailbox', 'create', 'Desk');
    const { source, store, log } = await h.watching({ folder: ['Desk'], startFrom: 'all', poll: '* * * * * *' });
    await h.dovecot.doveadm(h.user, 'mailbox', 'delete', 'Desk');
    await until(
      () => log.lines.find(({ event, message }) => event === 'disconnected' && /mailbox doesn't exist/i.test(message)),
      4000,
      'it is told that there is no such folder',
    );
    await h.dovecot.doveadm(h.user, 'mailbox', 'create', 'Desk');
    await until(() => source.status().state === 'idle', 4000, 'the source idles again');
    await h.dovecot.deliver(h.user, letter('elsewhere'));
    await h.dovecot.doveadm(h.user, 'move', 'Desk', 'mailbox', 'INBOX', 'ALL');
    await until(() => store.letters.length === 1, 4000, 'the letter is kept');
    expect(store.subjects()).toEqual(['elsewhere']);
  });
});

describe('a letter that lies in the folder without a row', () => {
  test('is an alarm that names its UID, and is taken in by the next pass', async () => {
    const store = memoryStore();
    let forgotten = 0;
    // a ledger that forgets what it was told, as a file from an older backup would
    const known = (box: BoxKey, uids: readonly number[]) => {
      const rows = store.ledger.known(box, uids);
      return forgotten === 0 ? rows : new Set([...rows].filter((uid) => uid !== forgotten));
    };
    for (const subject of ['one', 'two']) h.dovecot.drop(h.user, letter(subject));
    const { source, log } = await h.watching(
      { startFrom: 'all', done: { flag: '$Kvitok' }, poll: '* * * * * *' },
      { ledger: { ...store.ledger, known } },
      store,
    );
    expect(source.status().balance).toEqual({ listed: 2, waiting: 0, gap: [] });
    forgotten = 2;
    await until(() => source.status().balance?.gap.length === 1, 4000, 'the gap is found');
    expect(source.status().balance).toEqual({ listed: 2, waiting: 0, gap: [2] });
    const alarm = log.lines.filter(({ event, level }) => event === 'ledger-gap' && level === 'error');
    expect(alarm).toHaveLength(1);
    await until(() => store.calls.length === 2, 4000, 'the letter is handed over again');
    forgotten = 0;
    await until(() => source.status().balance?.gap.length === 0, 4000, 'the gap is closed');
    expect(log.lines.filter(({ event, level }) => event === 'ledger-gap' && level === 'info')).toHaveLength(1);
    expect(store.letters).toHaveLength(2);
  });
});

describe('a store that cannot take letters now', () => {
  test('or never will take one of them, does not hold up the others', async () => {
    for (const subject of ['one', 'never', 'three']) h.dovecot.drop(h.user, letter(subject));
    const store = memoryStore();
    const keep: Keep = async (deliveries) =>
      Promise.all(
        deliveries.map(async (one) =>
          Buffer.from(one.raw).includes('never')
            ? { kind: 'refused' as const, status: '5.6.0', reason: 'it is not to our taste' }
            : (await store.keep([one]))[0]!,
        ),
      );
    const { source, log } = h.made(
      { startFrom: 'all' },
      { keep, limits: { letterBytes: 1e6, windowBytes: 1e6, windowLetters: 1 } },
      store,
    );
    expect((await source.passOnce()).kept).toBe(2);
    await source.passOnce();
    expect(log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      expect.stringContaining('it is not to our taste'),
    ]);
    expect(await h.dovecot.count(h.user)).toBe(1);
  });

  test('leaves them on the server, is said once, and gets them as soon as it can', async () => {
    const store = memoryStore();
    store.refuseWith({ kind: 'tryLater', reason: 'the disk is full' });
    const { source, log } = h.made({}, { pace: { ...QUICK, tryAgain: 50 } }, store);
    source.start();
    await until(() => source.status().state === 'idle', 3000, 'the source idles');
    for (const subject of ['one', 'two']) await h.dovecot.deliver(h.user, letter(subject));
    await until(() => store.calls.length >= 4, 3000, 'they were offered again');
    expect(await h.dovecot.count(h.user)).toBe(2);
    expect(log.lines.filter(({ level, event }) => level === 'warn' && event === 'not-kept')).toHaveLength(1);
    store.refuseWith(null);
    await until(() => store.letters.length === 2, 3000, 'both are kept');
    await h.inDone(2);
  });
});

describe('a server that tells of nothing in IDLE', () => {
  test('is told of once when polls find its letters late, and once when it tells again', async () => {
    const proxy = await h.proxied();
    const { source, store, log } = await h.watching({ port: proxy.port, poll: '* * * * * *' }, { pace: QUICK });
    const lines = () => log.lines.filter(({ event, level }) => event === 'deaf' && level !== 'debug');
    const minutesAgo = () => Date.now() - 120_000;
    proxy.hush(true);
    h.dovecot.drop(h.user, letter('one'), minutesAgo());
    await until(() => store.letters.length === 1, 5000, 'the poll found it');
    // once may be chance: it came in while IDLE was renewed
    expect(lines()).toEqual([]);
    for (const [i, subject] of ['two', 'three'].entries()) {
      h.dovecot.drop(h.user, letter(subject), minutesAgo());
      await until(() => store.letters.length === i + 2, 5000, 'the poll found it');
    }
    await until(() => lines().length === 1, 1000, 'it is told');
    proxy.hush(false);
    await until(
      async () => {
        await h.dovecot.deliver(h.user, letter('heard'));
        return lines().length === 2;
      },
      5000,
      'its end is told',
    );
    expect(lines().map(({ level }) => level)).toEqual(['error', 'info']);
    await source.stop();
  });
});
