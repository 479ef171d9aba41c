// What a mail server that hands letters over experiences, over real sockets.

import { describe, expect, test } from '@jest/globals';
import { until } from '../support/condition.ts';
import { raw } from '../support/letter.ts';
import { stuffed } from './lmtp-client.ts';
import { listeners, MB, NOW } from './lmtp-harness.ts';
import { memoryStore } from './memory-store.ts';

const { listening } = listeners();

const FROM = 'MAIL FROM:<ivan@client.example>';
const TO = 'RCPT TO:<support@desk.example>';
const LETTER = raw({ text: 'It does not print.\n' });

describe('a letter', () => {
  test('is kept byte for byte, with its envelope and the time it came', async () => {
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree(FROM, TO, 'RCPT TO:<help@desk.example>');
    expect(await mta.data(LETTER)).toBe('250 2.6.0 kept as letter 1');
    expect(store.letters).toEqual([
      {
        source: 'lmtp',
        key: expect.stringMatching(/^lmtp:[0-9a-f]{64}:support@desk\.example$/),
        receivedAt: NOW,
        envelope: { from: 'ivan@client.example', to: ['support@desk.example', 'help@desk.example'] },
        raw: Buffer.from(LETTER),
      },
    ]);
  });

  test('is answered with 250 only after it is kept', async () => {
    const store = memoryStore();
    const gate = Promise.withResolvers<void>();
    const keep: typeof store.keep = async (deliveries) => {
      await gate.promise;
      return store.keep(deliveries);
    };
    const { greeted, budget } = await listening({ store, keep });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    let answered = false;
    const answer = mta.data(LETTER).then((reply) => {
      answered = true;
      return reply;
    });
    await until(() => budget.used() === LETTER.byteLength, 3_000, 'the letter came in');
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    gate.resolve();
    expect(await answer).toMatch(/^250/);
    expect(store.letters).toHaveLength(1);
    expect(budget.used()).toBe(0);
  });

  test('from nowhere has the null path, which is known to be one', async () => {
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree('MAIL FROM:<>', TO);
    expect(await mta.data(LETTER)).toMatch(/^250/);
    expect(store.letters[0]?.envelope.from).toBe('');
  });

  test('with lines of dots, bare line feeds and raw 8-bit characters comes as it was written', async () => {
    const odd = Buffer.from('Subject: \xcf\xf0\xe8\xe2\xe5\xf2\r\n\r\n.\r\n..\r\n.a\nb\n.\nc\r\n...\r\n', 'latin1');
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.data(odd)).toMatch(/^250/);
    expect(Buffer.from(store.letters[0]?.raw ?? [])).toEqual(odd);
  });

  test('of 30 MB is kept whole', async () => {
    const large = Buffer.concat([
      Buffer.from(LETTER),
      Buffer.alloc(30 * MB, `${'x'.repeat(76)}\r\n`),
      Buffer.from('\r\n'),
    ]);
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree(`${FROM} SIZE=${large.byteLength}`, TO);
    expect(await mta.data(large)).toMatch(/^250/);
    expect(large.equals(store.letters[0]?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  test('written byte by byte is kept too', async () => {
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.say('DATA')).toMatch(/^354/);
    for (const byte of stuffed(LETTER)) mta.write(Uint8Array.of(byte));
    expect(await mta.reply()).toMatch(/^250/);
    expect(store.letters[0]?.raw).toEqual(Buffer.from(LETTER));
  });

  test('handed over again, because its 250 was missed, is answered with 250 and kept once', async () => {
    const { greeted, store } = await listening();
    for (const mta of [await greeted(), await greeted()]) {
      await mta.agree(FROM, TO);
      expect(await mta.data(LETTER)).toBe('250 2.6.0 kept as letter 1');
    }
    expect(store.letters).toHaveLength(1);
  });

  test('may be followed by a second one over the same connection, as much at once as RFC 2920 allows', async () => {
    const { greeted, store } = await listening();
    const mta = await greeted();
    const second = raw({ subject: 'Second', messageId: 'second@client.example' });
    const opening = `${FROM}\r\n${TO}\r\nDATA\r\n`;
    const codes = async (count: number) => (await mta.replies(count)).map((reply) => reply.slice(0, 3));
    mta.write(opening);
    expect(await codes(3)).toEqual(['250', '250', '354']);
    mta.write(Buffer.concat([stuffed(LETTER), Buffer.from(opening)]));
    expect(await codes(4)).toEqual(['250', '250', '250', '354']);
    mta.write(Buffer.concat([stuffed(second), Buffer.from('QUIT\r\n')]));
    expect(await codes(2)).toEqual(['250', '221']);
    expect(store.subjects()).toEqual(['Printer does not print', 'Second']);
  });

  test('whose sender hangs up in the middle is not kept, and its bytes are counted no more', async () => {
    const { greeted, store, budget, source } = await listening();
    const mta = await greeted();
    await mta.agree(FROM, TO);
    await mta.say('DATA');
    mta.write(stuffed(LETTER).subarray(0, -3));
    await until(() => budget.used() > 0, 3_000, 'the beginning came in');
    mta.kill();
    await until(() => budget.used() === 0 && source.status().connections === 0, 3_000, 'the connection is gone');
    expect(store.calls).toEqual([]);
  });
});

describe('recipients', () => {
  test('get a verdict each: the unknown one is refused, the letter comes to the others', async () => {
    const { greeted, store } = await listening({ listener: { recipients: ['sales@desk.example'] } });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.say('RCPT TO:<nobody@desk.example>')).toBe('550 5.1.1 no address of this desk');
    await mta.agree('RCPT TO:<sales@desk.example>');
    expect(await mta.data(LETTER)).toMatch(/^250 2\.6\.0/);
    expect(await mta.reply()).toMatch(/^250 2\.6\.0/);
    expect(store.letters.map((letter) => letter.envelope.to)).toEqual([['support@desk.example', 'sales@desk.example']]);
  });

  test('that are all unknown leave nothing to send', async () => {
    const { greeted } = await listening();
    const mta = await greeted();
    await mta.agree(FROM);
    expect(await mta.say('RCPT TO:<support@elsewhere.example>')).toMatch(/^550 5\.1\.1/);
    expect(await mta.say('DATA')).toMatch(/^503/);
  });

  test('named twice get two replies, as LMTP promises, and the letter comes once', async () => {
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree(FROM, TO, 'RCPT TO:<SUPPORT@Desk.Example>');
    expect(await mta.data(LETTER)).toMatch(/^250 2\.6\.0/);
    expect(await mta.reply()).toMatch(/^250 2\.6\.0/);
    expect(await mta.say('NOOP')).toMatch(/^250/);
    expect(store.letters.map((letter) => letter.envelope.to)).toEqual([['support@desk.example']]);
  });

  test('are known in every spelling, with an international domain too', async () => {
    const { greeted, store } = await listening();
    const mta = await greeted();
    await mta.agree(`${FROM} SMTPUTF8`, 'RCPT TO:<помощь@ПОЧТА.example>', 'RCPT TO:<помощь@xn--80a1acny.example>');
    await mta.data(LETTER);
    expect(store.letters[0]?.envelope.to).toEqual(['помощь@почта.example']);
  });

  test('with a token behind the plus are taken where answers carry one', async () => {
    const token = 'support+ABCDEFGHIJ@desk.example';
    const off = await (await listening()).greeted();
    await off.agree(FROM);
    expect(await off.say(`RCPT TO:<${token}>`)).toMatch(/^550/);
    const { greeted, store } = await listening({ subaddresses: true });
    const on = await greeted();
    await on.agree(FROM, `RCPT TO:<${token}>`);
    await on.data(LETTER);
    expect(store.letters[0]?.envelope.to).toEqual(['support+abcdefghij@desk.example']);
    await on.agree(FROM);
    expect(await on.say('RCPT TO:<help+x@desk.example>')).toMatch(/^550/);
  });
});

describe('a letter that is not taken', () => {
  test('because it can’t be kept now is asked for again, once for each recipient', async () => {
    const { greeted, store } = await listening();
    store.refuseWith({ kind: 'tryLater', reason: 'database is locked' });
    const mta = await greeted();
    await mta.agree(FROM, TO, 'RCPT TO:<help@desk.example>');
    expect(await mta.data(LETTER)).toMatch(/^451 4\.3\.0 /);
    expect(await mta.reply()).toMatch(/^451 4\.3\.0 /);
    store.refuseWith(null);
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toMatch(/^250/);
  });

  test('because the disk is full is told to be so', async () => {
    const { greeted, store } = await listening();
    store.refuseWith({ kind: 'tryLater', reason: 'database or disk is full' });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toMatch(/^452 4\.3\.1 /);
  });

  test('for good is told the reason', async () => {
    const { greeted, store } = await listening();
    store.refuseWith({ kind: 'refused', status: '5.7.1', reason: 'no letters from there' });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toBe('550 5.7.1 no letters from there');
  });

  test('because keeping it failed in a way nobody thought of is asked for again, and the next one is taken', async () => {
    const store = memoryStore();
    let broken = true;
    const keep: typeof store.keep = async (deliveries) => {
      if (broken) throw new Error('out of the blue');
      return store.keep(deliveries);
    };
    const { greeted, budget } = await listening({ store, keep });
    const mta = await greeted();
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toMatch(/^451 4\.3\.0 /);
    expect(budget.used()).toBe(0);
    broken = false;
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toMatch(/^250/);
  });

  test('because it is too large is refused before it is sent where its size was stated', async () => {
    const { greeted, call } = await listening({ letterBytes: MB });
    expect(await (await call()).say('LHLO mx')).toContain(`\n250-SIZE ${MB}`.replace('-', ' '));
    const mta = await greeted();
    expect(await mta.say(`${FROM} SIZE=${MB + 1}`)).toMatch(/^552 5\.3\.4 /);
  });

  test('because it is larger than stated is refused behind its final dot, and held in memory no longer than needed', async () => {
    const { greeted, store, budget } = await listening({ letterBytes: MB, budgetBytes: MB });
    const mta = await greeted();
    await mta.agree(`${FROM} SIZE=1000`, TO, 'RCPT TO:<help@desk.example>');
    expect(await mta.data(Buffer.alloc(5 * MB, `${'x'.repeat(76)}\r\n`))).toMatch(/^552 5\.3\.4 /);
    expect(await mta.reply()).toMatch(/^552 5\.3\.4 /);
    expect(budget.used()).toBe(0);
    await mta.agree(FROM, TO);
    expect(await mta.data(LETTER)).toMatch(/^250/);
    expect(store.letters).toHaveLength(1);
  });

  test('because too much is under way is asked for again, and taken when there is room', async () => {
    const { greeted, store, budget } = await listening({ letterBytes: MB, budgetBytes: MB });
    const slow = await greeted();
    await slow.agree(FROM, TO);
    await slow.say('DATA');
    slow.write(Buffer.alloc(MB - 200, `${'y'.repeat(76)}\r\n`));
    await until(() => budget.used() > MB - 300, 3_000, 'the slow one fills the budget');
    const other = await greeted();
    expect(await other.say(`${FROM} SIZE=${LETTER.byteLength}`)).toMatch(/^452 4\.3\.1 /);
    await other.agree(FROM, TO);
    expect(await other.data(LETTER)).toMatch(/^452 4\.3\.1 /);
    slow.write('\r\n.\r\n');
    expect(await slow.reply()).toMatch(/^250/);
    await other.agree(FROM, TO);
    expect(await other.data(LETTER)).toMatch(/^250/);
    expect(store.letters).toHaveLength(2);
  });
});
